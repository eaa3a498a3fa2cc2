// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.AbstractModule;
import com.google.inject.multibindings.Multibinder;
import io.gcpo.advantage.server.bootstrap.Bootstrap;
import io.gcpo.advantage.server.bootstrap.ReadinessCheck;
import io.gcpo.advantage.server.bootstrap.RunningServer;
import io.gcpo.advantage.server.embedding.Embedders;
import io.gcpo.advantage.server.embedding.EmbeddingObserver;
import io.gcpo.advantage.server.embedding.EmbeddingObservers;
import io.gcpo.advantage.server.embedding.cache.CacheObserver;
import io.gcpo.advantage.server.pipeline.PipelineObserver;
import io.gcpo.advantage.server.pipeline.text.TextCacheObserver;
import io.gcpo.advantage.server.testing.FakeEmbedder;
import io.gcpo.advantage.server.testing.SwitchedCheck;
import io.grpc.ServiceDescriptor;
import io.grpc.health.v1.HealthGrpc;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a scrape shows before the first request. */
class MetricsModuleTest {
  private final AtomicBoolean ready = new AtomicBoolean(true);
  private final RunningServer server =
      Bootstrap.start(List.of(new SurroundingsModule(), new MetricsModule()));
  private final EmbeddingObserver embedding = server.instance(EmbeddingObservers.class).of("mini");
  private final Exposition exposition = scrape();

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void start_metrics_areThoseOfTheCatalogue() {
    assertThat(CatalogCheck.problems(exposition)).isEmpty();
  }

  @Test
  void start_ourSamples_areZeroButInfoAndReady() {
    exposition
        .samples()
        .forEach(
            (name, value) -> {
              if (name.startsWith("gcpo_")
                  && !name.matches("gcpo_(build_info|model_info|engine_info|ready)\\{.*")) {
                assertThat(value).as(name).isZero();
              }
            });
  }

  @Test
  void start_stages_allExist() {
    for (String stage :
        List.of(
            "validate",
            "embed",
            "tokenize",
            "queue",
            "batch",
            "infer",
            "pool",
            "advantage",
            "serialize")) {
      assertThat(
              exposition.sample("gcpo_stage_duration_seconds_count{stage=\"%s\"}".formatted(stage)))
          .isZero();
    }
  }

  @Test
  void start_identity_isOne() {
    assertThat(
            exposition.sample(
                "gcpo_model_info{device=\"cpu\",engine=\"fake\",engine_version=\"1\","
                    + "fingerprint=\"f00d\",model=\"fake\"}"))
        .isEqualTo(1);
    assertThat(
            exposition.sample(
                "gcpo_engine_info{deterministic=\"false\",device=\"cpu\",engine=\"fake\","
                    + "engine_version=\"1\"}"))
        .isEqualTo(1);
    assertThat(exposition.samples().keySet())
        .anyMatch(name -> name.matches("gcpo_build_info\\{commit=\".+\",java_version=\"17.*"));
    assertThat(
            exposition.sample(
                "gcpo_requests_total{code=\"OK\",method=\"grpc.health.v1.Health/Check\",reason=\"\"}"))
        .isZero();
  }

  @Test
  void ready_componentChanges_isShown() {
    assertThat(exposition.sample("gcpo_ready{component=\"embedder\"}")).isEqualTo(1);
    ready.set(false);
    assertThat(scrape().sample("gcpo_ready{component=\"embedder\"}")).isZero();
  }

  @Test
  void start_virtualMachine_isMeasured() {
    assertThat(exposition.types())
        .containsEntry("jvm_memory_used_bytes", "gauge")
        .containsEntry("jvm_gc_max_data_size_bytes", "gauge")
        .containsEntry("jvm_threads_live_threads", "gauge")
        .containsEntry("process_cpu_usage", "gauge")
        .containsEntry("process_uptime_seconds", "gauge")
        .containsEntry("process_files_open_files", "gauge")
        .containsEntry("process_resident_memory_bytes", "gauge")
        .doesNotContainKey("process_cpu_time_ns_total")
        .doesNotContainKey("system_cpu_count");
  }

  @Test
  void scrape_openMetrics_namesAreTheSame() {
    String openMetrics =
        server
            .instance(PrometheusMeterRegistry.class)
            .scrape("application/openmetrics-text; version=1.0.0; charset=utf-8");
    exposition.samples().keySet().stream()
        .filter(name -> name.matches("gcpo_[a-z_]+(_total|_info)\\{.*"))
        .forEach(name -> assertThat(openMetrics).contains("\n" + name + " "));
  }

  @Test
  void observers_bound_areGuarded() {
    assertThat(embedding).isInstanceOf(GuardedEmbeddingObserver.class);
    assertThat(server.instance(PipelineObserver.class))
        .isInstanceOf(CompositePipelineObserver.class);
    assertThat(server.instance(CacheObserver.class)).isInstanceOf(GuardedCacheObserver.class);
    assertThat(server.instance(TextCacheObserver.class))
        .isInstanceOf(GuardedTextCacheObserver.class);
    embedding.queueChanged(3, 30);
    server.instance(CacheObserver.class).stored(40);
    assertThat(scrape().sample("gcpo_queue_tokens{model=\"mini\"}")).isEqualTo(30);
    assertThat(scrape().sample("gcpo_cache_bytes")).isEqualTo(40);
  }

  private Exposition scrape() {
    return Exposition.of(server.instance(PrometheusMeterRegistry.class));
  }

  private final class SurroundingsModule extends AbstractModule {
    @Override
    protected void configure() {
      bind(Embedders.class).toInstance(new Embedders(List.of(new FakeEmbedder())));
      Multibinder.newSetBinder(binder(), ServiceDescriptor.class)
          .addBinding()
          .toInstance(HealthGrpc.getServiceDescriptor());
      Multibinder.newSetBinder(binder(), ReadinessCheck.class)
          .addBinding()
          .toInstance(new SwitchedCheck("embedder", ready));
    }
  }
}
