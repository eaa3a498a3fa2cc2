// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.cancel;

import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.server.faults.report.FaultReport;
import io.gcpo.advantage.server.faults.report.Scale;
import io.gcpo.advantage.server.grpc.twins.TwinCalls;
import io.gcpo.advantage.server.metrics.catalog.EmbeddingMetrics;
import io.gcpo.advantage.server.metrics.catalog.Metric;
import io.gcpo.advantage.server.metrics.catalog.RequestMetrics;
import io.gcpo.advantage.server.pipeline.ComputeWatch;
import io.gcpo.advantage.server.testing.Await;
import io.gcpo.advantage.server.testing.RawHttp2;
import io.gcpo.advantage.v1.AdvantageServiceGrpc;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Callers that go at any time: before their headers, while their body comes, while they wait, while
 * they are tokenised, in a batch, in the maths, while they are answered; by cancelling, by a
 * deadline, by a reset. Nothing of them stays, and those that wait have the bits they would have
 * had alone.
 */
@Timeout(1_800)
class CancelTest {
  private static final int CANCELS = Scale.of(500, 10_000);
  private static final int IN_FLIGHT = 24;
  private static final long SEED = 80;

  /** After which every thread of every pool has had something to do. */
  private static final int WARM_UP = 200;

  /** What must be 0 once nobody calls. */
  private static final List<Metric> GAUGES =
      List.of(
          RequestMetrics.OPEN,
          RequestMetrics.ADMITTED_BYTES,
          RequestMetrics.WAITING_CALLS,
          EmbeddingMetrics.QUEUE_DEPTH,
          EmbeddingMetrics.QUEUE_TOKENS,
          EmbeddingMetrics.INFLIGHT_TOKENS);

  @Test
  void nothingStaysOfCallersThatGo() throws Exception {
    FaultReport report = new FaultReport("cancel");
    Random random = new Random(SEED);
    try (TestServer server =
        TestServer.real(
            Map.of(
                // So little that calls wait for it, and that the cache evicts all the time.
                "admission.max-bytes", "65536",
                "limits.max-message-bytes", "65536",
                "embedding.cache-bytes", "65536",
                "grpc.connection.max-resets", "100000"))) {
      CancelledCalls calls = new CancelledCalls(server.channel(), report);
      long before = 0;
      Semaphore places = new Semaphore(IN_FLIGHT);
      for (int i = 0; i < CANCELS; i++) {
        if (i == WARM_UP) {
          before = threads();
        }
        assertThat(places.tryAcquire(60, TimeUnit.SECONDS)).as("a call has hung").isTrue();
        calls.cancelled(random, places::release);
        if (i % 5 == 0) {
          assertThat(places.tryAcquire(60, TimeUnit.SECONDS)).as("a call has hung").isTrue();
          calls.survivor(random, places::release);
        }
        if (i % 20 == 0) {
          resetWhileTheBodyComes(server, report);
        }
      }
      assertThat(places.tryAcquire(IN_FLIGHT, 60, TimeUnit.SECONDS)).as("a call hung").isTrue();
      assertNothingHeld(server);
      long bound = before + 2;
      Await.until(() -> threads() <= bound);
      report.figure(
          "threads after %d cancels, and at the end".formatted(WARM_UP), before + ", " + threads());
      report.figure("calls that ended before they were cancelled", calls.tooLate());
      calls.close();
    }
    report.finish();
  }

  /** All but those that the callers' gRPC keeps for a minute after a burst. */
  private static long threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> !thread.getName().startsWith("grpc-default-executor"))
        .count();
  }

  private static void assertNothingHeld(TestServer server) {
    MeterRegistry registry = server.instance(MeterRegistry.class);
    for (Metric metric : GAUGES) {
      Await.until(
          () ->
              registry.find(metric.name()).gauges().stream().mapToDouble(Gauge::value).sum() == 0);
    }
    Await.until(() -> server.instance(TwinCalls.class).size() == 0);
    Await.until(() -> server.instance(ComputeWatch.class).size() == 0);
  }

  private static void resetWhileTheBodyComes(TestServer server, FaultReport report)
      throws IOException {
    try (RawHttp2 client = new RawHttp2(server.port())) {
      client.open(1, AdvantageServiceGrpc.getComputeAdvantagesMethod().getFullMethodName());
      client.startMessage(1, 1_000);
      client.reset(1);
      report.fault();
      report.refused();
    }
  }
}
