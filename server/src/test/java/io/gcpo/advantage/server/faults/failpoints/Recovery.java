// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.failpoints;

import com.google.common.collect.ImmutableList;
import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.server.grpc.twins.TwinCalls;
import io.gcpo.advantage.server.metrics.catalog.EmbeddingMetrics;
import io.gcpo.advantage.server.metrics.catalog.Metric;
import io.gcpo.advantage.server.metrics.catalog.RequestMetrics;
import io.gcpo.advantage.server.pipeline.ComputeWatch;
import io.gcpo.advantage.server.testing.Await;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Whether a server is as it was before anything failed. */
final class Recovery {
  /** What must be 0 once nobody calls. */
  private static final ImmutableList<Metric> PERMITS =
      ImmutableList.of(
          RequestMetrics.OPEN,
          RequestMetrics.ADMITTED_BYTES,
          RequestMetrics.WAITING_CALLS,
          EmbeddingMetrics.QUEUE_DEPTH,
          EmbeddingMetrics.QUEUE_TOKENS,
          EmbeddingMetrics.INFLIGHT_TOKENS);

  /** Threads that come and go by themselves: of the test's JVM, and of a pool that grows. */
  private static final int SPARE_THREADS = 4;

  private final TestServer server;
  private final int threads;

  /** To what {@code server} is now, after enough calls that every pool has its threads. */
  Recovery(TestServer server) {
    this.server = server;
    this.threads = Thread.activeCount() + SPARE_THREADS;
  }

  /** Waits for it; throws what names {@code run} and what does not come back. */
  void await(String run) {
    await(run, "health", () -> health() == ServingStatus.SERVING);
    for (Metric permit : PERMITS) {
      await(run, permit.name(), () -> gauge(permit) == 0);
    }
    await(run, "twins", () -> server.instance(TwinCalls.class).size() == 0);
    await(run, "watched maths", () -> server.instance(ComputeWatch.class).size() == 0);
    await(run, "threads", () -> Thread.activeCount() <= threads);
  }

  private static void await(String run, String what, BooleanSupplier condition) {
    try {
      Await.until(condition);
    } catch (AssertionError never) {
      throw new AssertionError("%s: %s does not come back".formatted(run, what), never);
    }
  }

  private ServingStatus health() {
    return HealthGrpc.newBlockingStub(server.channel())
        .withDeadlineAfter(10, TimeUnit.SECONDS)
        .check(HealthCheckRequest.getDefaultInstance())
        .getStatus();
  }

  private double gauge(Metric metric) {
    return server.instance(MeterRegistry.class).find(metric.name()).gauges().stream()
        .mapToDouble(Gauge::value)
        .sum();
  }
}
