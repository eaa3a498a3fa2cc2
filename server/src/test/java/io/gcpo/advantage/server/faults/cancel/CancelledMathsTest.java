// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.cancel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.ListenableFuture;
import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.server.faults.report.FaultReport;
import io.gcpo.advantage.server.faults.report.Scale;
import io.gcpo.advantage.server.pipeline.ComputeWatch;
import io.gcpo.advantage.server.testing.Await;
import io.gcpo.advantage.server.testing.FakeEmbedder;
import io.gcpo.advantage.v1.AdvantageServiceGrpc;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Callers that go while a group of the largest size is computed: when is the thread free again? */
@Timeout(900)
class CancelledMathsTest {
  private static final int CANCELS = Scale.of(5, 200);

  /** Generous: a build machine may have other things to do. The figure is in the table. */
  private static final Duration BOUND = Duration.ofSeconds(2);

  private static final long LONGEST_LIFE_NANOS = Duration.ofMillis(Scale.of(300, 1_500)).toNanos();

  @Test
  void threadsAreFreeSoonAfterTheCallerHasGone() throws IOException {
    FaultReport report = new FaultReport("cancelled-maths");
    Random random = new Random(8);
    try (TestServer server =
        TestServer.with(
            new FakeEmbedder(),
            Map.of(
                "limits.max-rollouts-per-group",
                Integer.toString(WorstMaths.ROLLOUTS),
                "grpc.connection.max-resets",
                "100000"))) {
      for (WorstMaths worst : WorstMaths.values()) {
        ComputeAdvantagesRequest request = worst.request();
        long longest = 0;
        for (int i = 0; i < CANCELS; i++) {
          longest = Math.max(longest, nanosUntilFree(server, request, random));
          report.fault();
          report.refused();
        }
        report.figure(worst + ": longest time from cancel to free thread, ms", longest / 1e6);
        assertThat(Duration.ofNanos(longest)).as("%s", worst).isLessThan(BOUND);
      }
    }
    report.finish();
  }

  private static long nanosUntilFree(
      TestServer server, ComputeAdvantagesRequest request, Random random) {
    ComputeWatch watch = server.instance(ComputeWatch.class);
    // What is answered before it is cancelled says nothing: a quick machine gets less time.
    for (long life = LONGEST_LIFE_NANOS; life > 0; life /= 2) {
      ListenableFuture<ComputeAdvantagesResponse> call =
          AdvantageServiceGrpc.newFutureStub(server.channel()).computeAdvantages(request);
      Await.until(() -> watch.size() == 1 || call.isDone());
      LockSupport.parkNanos((long) (life * random.nextDouble()));
      long begin = System.nanoTime();
      boolean cancelled = call.cancel(true);
      Await.until(() -> watch.size() == 0);
      if (cancelled) {
        return System.nanoTime() - begin;
      }
    }
    throw new AssertionError("answered at once (expected: work for a while)");
  }
}
