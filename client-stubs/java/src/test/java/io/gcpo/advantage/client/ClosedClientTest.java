// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import static io.gcpo.advantage.client.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.v1.AdvantageServiceGrpc;
import io.gcpo.advantage.v1.GroupResult;
import io.gcpo.advantage.v1.StreamHeader;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of calls whose next attempt is far away when the client is closed. */
@Timeout(60)
class ClosedClientTest {
  private static final long PUSHBACK_MILLIS = 300_000;
  private final DaemonTimer timer = new DaemonTimer();

  /** Open until a call waits for its next attempt. */
  private final CountDownLatch waits = new CountDownLatch(1);

  private FakeServer server;
  private UnaryCaller caller;

  @BeforeEach
  void start() throws IOException {
    server = new FakeServer();
    caller =
        new UnaryCaller(
            Channels.open(server.options().build()),
            RetryRules.of(RetryPolicy.DEFAULT),
            (nanos, task) -> {
              Runnable callOff = timer.schedule(nanos, task);
              if (TimeUnit.NANOSECONDS.toMillis(nanos) == PUSHBACK_MILLIS) {
                waits.countDown();
              }
              return callOff;
            });
  }

  @AfterEach
  void stop() {
    caller.close();
    server.close();
  }

  @Test
  void close_callBetweenAttempts_fails() throws Exception {
    server.service.failures.add(pushedBack());
    CompletableFuture<?> call =
        caller.call(
            AdvantageServiceGrpc.getComputeAdvantagesMethod(),
            Answers.request(),
            Deadline.after(10, TimeUnit.MINUTES),
            answer -> answer);
    assertThat(waits.await(10, TimeUnit.SECONDS)).isTrue();

    caller.close();

    assertFails(call, Status.Code.UNAVAILABLE, "Channel shutdown");
  }

  @Test
  void close_streamBetweenAttempts_failsItsGroups() throws Exception {
    StreamSession stream =
        new StreamSession(StreamHeader.getDefaultInstance(), caller, Duration.ofMinutes(10));
    CompletableFuture<GroupResult> group = stream.send(Answers.group("a", "text"));
    server.service.streams.take().fail(pushedBack());
    assertThat(waits.await(10, TimeUnit.SECONDS)).isTrue();

    caller.close();

    assertFails(group, Status.Code.UNAVAILABLE, "Channel shutdown");
  }

  private static StatusRuntimeException pushedBack() {
    Metadata trailers = new Metadata();
    trailers.put(Pushback.KEY, Long.toString(PUSHBACK_MILLIS));
    return Status.UNAVAILABLE.withDescription("later").asRuntimeException(trailers);
  }
}
