// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.server.metrics.MeterReading.Cache;
import io.gcpo.advantage.server.metrics.MeterReading.CallOutcome;
import io.gcpo.advantage.server.metrics.MeterReading.Queue;
import io.gcpo.advantage.server.pipeline.GroupRejection;
import io.gcpo.advantage.server.pipeline.Stage;
import io.gcpo.advantage.server.pipeline.text.TextCacheObserver.Kind;
import io.gcpo.advantage.v1.InfoServiceGrpc;
import io.grpc.Status;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MeterReaderTest {
  private final PrometheusMeterRegistry registry = PrometheusRegistries.create();
  private final MeterReader reader = new MeterReader(registry);

  @Test
  void emptyRegistry_isAllNothing() {
    assertThat(reader.read())
        .isEqualTo(
            new MeterReading(
                Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of(), Map.of()));
  }

  @Test
  void calls_areSummedOverMethods() {
    RequestMeters meters =
        new RequestMeters(registry, Set.of(InfoServiceGrpc.getServiceDescriptor()));
    String info = InfoServiceGrpc.getGetServerInfoMethod().getFullMethodName();
    meters.ended("a", Status.Code.OK, "", meters.begun("a", false));
    meters.ended(info, Status.Code.OK, "", meters.begun(info, false));
    meters.ended("a", Status.Code.INVALID_ARGUMENT, "LIMIT", meters.begun("a", false));

    assertThat(reader.read().calls())
        .isEqualTo(
            Map.of(
                new CallOutcome("OK", ""), 2.0, new CallOutcome("INVALID_ARGUMENT", "LIMIT"), 1.0));
  }

  @Test
  void pipeline_isRead() {
    MicrometerPipelineObserver observer = new MicrometerPipelineObserver(registry);
    observer.stageEnded(Stage.EMBED, Duration.ofMillis(3));
    observer.stageEnded(Stage.EMBED, Duration.ofMinutes(2));
    observer.groupRejected(new GroupRejection("g", GroupRejection.Reason.LIMIT, List.of()));

    MeterReading reading = reader.read();

    assertThat(reading.groups()).containsEntry("ZERO_VARIANCE", 0.0);
    assertThat(reading.rejections()).containsEntry("LIMIT", 1.0).containsEntry("INTERNAL", 0.0);
    DurationHistogram embed = reading.stages().getOrDefault("embed", DurationHistogram.NONE);
    assertThat(embed.count()).isEqualTo(2);
    assertThat(embed.total()).isEqualTo(120.003);
    assertThat(embed.upperBounds()).contains(0.0005, 60.0).doesNotContain(Double.POSITIVE_INFINITY);
    assertThat(embed.quantile(0.5).orElseThrow()).isBetween(0.002, 0.0045);
    assertThat(embed.quantile(1)).hasValue(60);
  }

  @Test
  void embedder_isReadByModel() {
    MicrometerEmbeddingObserver observer =
        new MicrometerEmbeddingObserver(
            registry, MicrometerEmbeddingObserver.paddingHistogram(registry), "mini");
    observer.queueChanged(3, 30);
    observer.budgetChosen(512);
    observer.encoded(1, 7, 2, Duration.ZERO, Duration.ZERO);
    observer.batchFailed(new OutOfMemoryError());

    MeterReading reading = reader.read();

    assertThat(reading.queues()).isEqualTo(Map.of("mini", new Queue(3, 30, 512)));
    assertThat(reading.tokens()).containsEntry("real", 7.0).containsEntry("padding", 2.0);
    assertThat(reading.lostBatches()).containsEntry("oom", 1.0);
  }

  @Test
  void caches_areReadByWhatTheyKeep() {
    MicrometerCacheObserver embeddings = new MicrometerCacheObserver(registry);
    embeddings.lookedUp(5, 2);
    embeddings.stored(100);
    embeddings.evicted(40);
    MicrometerTextCacheObserver texts = new MicrometerTextCacheObserver(registry);
    texts.lookedUp(Kind.TEXT, true);
    texts.lookedUp(Kind.FEATURES, false);
    texts.stored(Kind.TEXT, 9);

    assertThat(reader.read().caches())
        .isEqualTo(
            Map.of(
                "embeddings", new Cache(5, 2, 1, 60),
                "text", new Cache(1, 0, 0, 9),
                "features", new Cache(0, 1, 0, 0)));
  }
}
