// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.inject.AbstractModule;
import com.google.inject.Scopes;
import com.google.inject.util.Modules;
import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.server.embedding.Embedders;
import io.gcpo.advantage.server.pipeline.ForCompute;
import io.gcpo.advantage.server.testing.FakeEmbedder;
import io.gcpo.advantage.v1.AdvantageServiceGrpc;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.EmbedTextsRequest;
import io.grpc.StatusRuntimeException;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A request without groups is refused for that only where its body is read. */
@Timeout(120)
class ForecastGuardTest {
  /** Of maths before it is known how long maths takes. */
  private static final int EVIDENCE = 16;

  private static final long TASK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

  /** By {@link #TASK_NANOS}, twenty seconds and more of one core. */
  private static final int TASKS_A_CORE = 4_000;

  private static final int CORES = Runtime.getRuntime().availableProcessors();

  /** What shares the cores with the maths of all calls. */
  private record Compute(@ForCompute Executor executor) {
    @Inject
    Compute {}
  }

  @Test
  void moreMathsWaitsThanTheDeadlineLeavesTimeFor_isRefusedBeforeItsBodyIsRead() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    try (TestServer server = server()) {
      Executor compute = server.instance(Compute.class).executor();
      letLearn(compute);
      for (int i = 0; i < CORES * TASKS_A_CORE; i++) {
        compute.execute(() -> await(held));
      }

      assertThat(failure(server)).startsWith("DEADLINE_EXCEEDED: predicted wait: ");
      // Texts alone need no maths.
      assertThat(
              catchThrowableOfType(
                  StatusRuntimeException.class,
                  () -> stub(server).embedTexts(EmbedTextsRequest.getDefaultInstance())))
          .hasMessageStartingWith("INVALID_ARGUMENT: texts: empty");

      held.countDown();
      awaitAll(compute);
      assertThat(failure(server)).startsWith("INVALID_ARGUMENT: groups: empty");
    } finally {
      held.countDown();
    }
  }

  private static TestServer server() {
    return TestServer.with(
        new AbstractModule() {
          @Override
          protected void configure() {
            bind(Embedders.class).toInstance(new Embedders(List.of(new FakeEmbedder())));
            bind(Compute.class).in(Scopes.SINGLETON);
          }
        },
        Modules.EMPTY_MODULE,
        Map.of());
  }

  private static void letLearn(Executor compute) throws InterruptedException {
    CountDownLatch learnt = new CountDownLatch(EVIDENCE);
    for (int i = 0; i < EVIDENCE; i++) {
      compute.execute(
          () -> {
            long end = System.nanoTime() + TASK_NANOS;
            while (System.nanoTime() < end) {
              Thread.onSpinWait();
            }
            learnt.countDown();
          });
    }
    learnt.await();
    awaitAll(compute);
  }

  /** First in, first out: who comes last is done last, on each core. */
  private static void awaitAll(Executor compute) throws InterruptedException {
    CountDownLatch last = new CountDownLatch(CORES);
    for (int i = 0; i < CORES; i++) {
      compute.execute(
          () -> {
            last.countDown();
            await(last);
          });
    }
    last.await();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String failure(TestServer server) {
    StatusRuntimeException refused =
        catchThrowableOfType(
            StatusRuntimeException.class,
            () -> stub(server).computeAdvantages(ComputeAdvantagesRequest.getDefaultInstance()));
    return String.valueOf(refused.getMessage());
  }

  private static AdvantageServiceGrpc.AdvantageServiceBlockingStub stub(TestServer server) {
    return AdvantageServiceGrpc.newBlockingStub(server.channel())
        .withDeadlineAfter(10, TimeUnit.SECONDS);
  }
}
