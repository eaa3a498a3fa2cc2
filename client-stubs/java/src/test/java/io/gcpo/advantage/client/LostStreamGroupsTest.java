// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.Code;
import com.google.rpc.Status;
import io.gcpo.advantage.v1.GroupResult;
import io.gcpo.advantage.v1.RolloutGroup;
import io.gcpo.advantage.v1.StreamHeader;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups of a stream that failed for the moment are sent again. */
@Timeout(60)
class LostStreamGroupsTest {
  private static final RolloutGroup A = Answers.group("a", "first", "second");
  private static final RolloutGroup B = Answers.group("b", "third");
  private FakeServer server;

  @BeforeEach
  void start() throws IOException {
    server = new FakeServer();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void lostGroup_isSentAgainOnTheSameStream() throws Exception {
    try (AdvantageClient client = client(Failures.HASTY)) {
      AdvantageStream stream = client.stream(StreamHeader.getDefaultInstance());
      CompletableFuture<GroupResult> a = stream.send(A);
      CompletableFuture<GroupResult> b = stream.send(B);
      FakeStream call = nextCall();
      call.next();
      call.next();

      call.send(failed("a", Code.UNAVAILABLE));
      assertThat(call.next()).isEqualTo(A);
      call.send(failed("a", Code.UNAVAILABLE));
      assertThat(call.next()).isEqualTo(A);
      call.answer(A);
      call.answer(B);

      assertThat(a.get(10, TimeUnit.SECONDS).hasAdvantages()).isTrue();
      assertThat(b.get(10, TimeUnit.SECONDS).hasAdvantages()).isTrue();
      stream.close();
      assertThat(call.halfClosed.await(10, TimeUnit.SECONDS)).isTrue();
      call.end();
    }
  }

  @Test
  void groupLostAfterTheLastWasSent_isSentOnAnotherStream() throws Exception {
    try (AdvantageClient client = client(Failures.HASTY)) {
      AdvantageStream stream = client.stream(StreamHeader.getDefaultInstance());
      CompletableFuture<GroupResult> a = stream.send(A);
      CompletableFuture<GroupResult> b = stream.send(B);
      FakeStream first = nextCall();
      first.next();
      first.next();
      stream.close();
      assertThat(first.halfClosed.await(10, TimeUnit.SECONDS)).isTrue();

      first.send(failed("a", Code.UNAVAILABLE));
      first.answer(B);
      assertThat(b.get(10, TimeUnit.SECONDS).hasAdvantages()).isTrue();
      first.end();

      FakeStream second = nextCall();
      assertThat(second.next()).isEqualTo(A);
      assertThat(second.halfClosed.await(10, TimeUnit.SECONDS)).isTrue();
      second.answer(A);
      second.end();
      assertThat(a.get(10, TimeUnit.SECONDS).hasAdvantages()).isTrue();
    }
  }

  @Test
  void brokenStream_takesRestingGroupsAlong() throws Exception {
    try (AdvantageClient client = client(Failures.HASTY)) {
      AdvantageStream stream = client.stream(StreamHeader.getDefaultInstance());
      CompletableFuture<GroupResult> a = stream.send(A);
      CompletableFuture<GroupResult> b = stream.send(B);
      FakeStream first = nextCall();
      first.next();
      first.next();
      first.send(failed("a", Code.UNAVAILABLE));
      first.fail(io.grpc.Status.UNAVAILABLE.asRuntimeException());

      FakeStream second = nextCall();
      second.answer(second.next());
      second.answer(second.next());

      assertThat(a.get(10, TimeUnit.SECONDS).hasAdvantages()).isTrue();
      assertThat(b.get(10, TimeUnit.SECONDS).hasAdvantages()).isTrue();
    }
  }

  @Test
  void streamThatEndsWithAGroupUnanswered_stillFails() throws Exception {
    try (AdvantageClient client = client(Failures.HASTY)) {
      AdvantageStream stream = client.stream(StreamHeader.getDefaultInstance());
      CompletableFuture<GroupResult> a = stream.send(A);
      FakeStream call = nextCall();
      call.next();
      call.send(failed("a", Code.UNAVAILABLE));
      call.next();
      call.end();

      Failures.assertFails(
          a, io.grpc.Status.Code.INTERNAL, "the stream ended before all groups had results");
    }
  }

  @Test
  void attempts_areBounded_andOtherFailuresStand() throws Exception {
    try (AdvantageClient client = client(Failures.HASTY.withMaxAttempts(2))) {
      AdvantageStream stream = client.stream(StreamHeader.getDefaultInstance());
      CompletableFuture<GroupResult> a = stream.send(A);
      CompletableFuture<GroupResult> b = stream.send(B);
      FakeStream call = nextCall();
      call.next();
      call.next();

      call.send(failed("b", Code.INTERNAL));
      assertThat(b.get(10, TimeUnit.SECONDS)).isEqualTo(failed("b", Code.INTERNAL));
      call.send(failed("a", Code.UNAVAILABLE));
      assertThat(call.next()).isEqualTo(A);
      call.send(failed("a", Code.UNAVAILABLE));
      assertThat(a.get(10, TimeUnit.SECONDS)).isEqualTo(failed("a", Code.UNAVAILABLE));
      stream.cancel();
    }
  }

  @Test
  void groupThatTheModelIsAlwaysLostOn_isSentThreeTimes() throws Exception {
    GroupResult lost = failed("a", "DEVICE_OOM", 0);
    try (AdvantageClient client = client(Failures.HASTY)) {
      AdvantageStream stream = client.stream(StreamHeader.getDefaultInstance());
      CompletableFuture<GroupResult> a = stream.send(A);
      CompletableFuture<GroupResult> b = stream.send(B);
      FakeStream call = nextCall();
      call.next();
      call.next();
      call.send(lost);
      assertThat(call.next()).isEqualTo(A);
      call.send(lost);
      assertThat(call.next()).isEqualTo(A);

      call.send(lost);

      assertThat(a.get(10, TimeUnit.SECONDS)).isEqualTo(lost);
      call.answer(B);
      assertThat(b.get(10, TimeUnit.SECONDS).hasAdvantages()).isTrue();
      stream.close();
      assertThat(call.halfClosed.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(call.groups).isEmpty();
      call.end();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"QUEUE_FULL", "DRAINING"})
  void groupThatThereIsNoRoomFor_comesAgainWhenTheServerSays(String reason) throws Exception {
    try (AdvantageClient client = client(Failures.HASTY)) {
      AdvantageStream stream = client.stream(StreamHeader.getDefaultInstance());
      CompletableFuture<GroupResult> a = stream.send(A);
      FakeStream call = nextCall();
      call.next();

      for (int refusal = 1; refusal <= 5; refusal++) {
        long refused = System.nanoTime();
        call.send(failed("a", reason, 60));
        assertThat(call.next()).isEqualTo(A);
        assertThat(System.nanoTime() - refused)
            .isGreaterThanOrEqualTo(TimeUnit.MILLISECONDS.toNanos(60));
      }
      call.answer(A);

      assertThat(a.get(10, TimeUnit.SECONDS).hasAdvantages()).isTrue();
    }
  }

  private AdvantageClient client(RetryPolicy policy) {
    return AdvantageClient.connect(server.options().retryPolicy(policy).build());
  }

  private FakeStream nextCall() throws InterruptedException {
    FakeStream next = server.service.streams.poll(10, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("no stream came");
    }
    return next;
  }

  private static GroupResult failed(String id, String reason, int milliseconds) {
    return GroupResult.newBuilder()
        .setGroupId(id)
        .setError(Failures.ofGroup(Code.UNAVAILABLE, reason, milliseconds))
        .build();
  }

  private static GroupResult failed(String id, Code code) {
    return GroupResult.newBuilder()
        .setGroupId(id)
        .setError(Status.newBuilder().setCode(code.getNumber()).setMessage("lost"))
        .build();
  }
}
