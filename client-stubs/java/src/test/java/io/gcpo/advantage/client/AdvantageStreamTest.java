// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import static io.gcpo.advantage.client.Failures.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.gcpo.advantage.v1.GroupResult;
import io.gcpo.advantage.v1.RolloutGroup;
import io.gcpo.advantage.v1.StreamHeader;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AdvantageStreamTest {
  private static final StreamHeader HEADER =
      StreamHeader.newBuilder().setRequestId("stream-1").build();
  private static final RolloutGroup A = Answers.group("a", "first", "second");
  private static final RolloutGroup B = Answers.group("b", "third");
  private FakeServer server;
  private AdvantageClient client;
  private AdvantageStream stream;

  @BeforeEach
  void start() throws IOException {
    server = new FakeServer();
    client = AdvantageClient.connect(server.options().retryPolicy(Failures.HASTY).build());
    stream = client.stream(HEADER);
  }

  @AfterEach
  void stop() {
    stream.cancel();
    client.close();
    server.close();
  }

  @Test
  void send_answersOutOfOrder_reachTheirGroups() throws Exception {
    CompletableFuture<GroupResult> a = stream.send(A);
    CompletableFuture<GroupResult> b = stream.send(B);
    FakeStream call = nextCall();
    assertThat(call.header.get(10, TimeUnit.SECONDS)).isEqualTo(HEADER);
    assertThat(List.of(call.next(), call.next())).containsExactly(A, B);

    call.answer(B);
    assertThat(b.get(10, TimeUnit.SECONDS).getAdvantages().getRolloutsCount()).isOne();
    assertThat(a).isNotDone();
    call.answer(A);
    assertThat(a.get(10, TimeUnit.SECONDS).getAdvantages().getRolloutsCount()).isEqualTo(2);
  }

  @Test
  void close_endsTheCallAfterTheLastGroup() throws Exception {
    CompletableFuture<GroupResult> a = stream.send(A);
    FakeStream call = nextCall();
    call.next();
    stream.close();

    assertThat(call.halfClosed.await(10, TimeUnit.SECONDS)).isTrue();
    call.answer(A);
    call.end();
    assertThat(a.get(10, TimeUnit.SECONDS).getGroupId()).isEqualTo("a");
    assertThatIllegalStateException()
        .isThrownBy(() -> stream.send(B))
        .withMessage("stream: closed (expected: open)");
  }

  @Test
  void send_noRequestId_getsARandomOne() throws Exception {
    try (AdvantageStream other = client.stream(StreamHeader.getDefaultInstance())) {
      CompletableFuture<GroupResult> unused = other.send(A);
      assertThat(nextCall().header.get(10, TimeUnit.SECONDS).getRequestId())
          .matches("[0-9a-f]{32}");
      other.cancel();
    }
  }

  @Test
  void brokenStream_groupsWithoutAnswer_areSentAgain() throws Exception {
    CompletableFuture<GroupResult> a = stream.send(A);
    CompletableFuture<GroupResult> b = stream.send(B);
    FakeStream first = nextCall();
    first.next();
    first.next();
    first.answer(A);
    a.get(10, TimeUnit.SECONDS);
    stream.close();

    first.fail(unavailable());
    FakeStream second = nextCall();

    assertThat(second.header.get(10, TimeUnit.SECONDS)).isEqualTo(HEADER);
    assertThat(second.next()).isEqualTo(B);
    assertThat(second.halfClosed.await(10, TimeUnit.SECONDS)).isTrue();
    second.answer(B);
    assertThat(b.get(10, TimeUnit.SECONDS).getGroupId()).isEqualTo("b");
  }

  @Test
  void serverKilledAndRestarted_allGroupsAreAnswered() throws Exception {
    List<CompletableFuture<GroupResult>> results = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      results.add(stream.send(Answers.group("g" + i, "text " + i)));
    }
    nextCall().next();
    server.kill();
    results.add(stream.send(A));
    server.restart();

    FakeStream call = nextCall();
    for (int i = 0; i < 51; i++) {
      call.answer(call.next());
    }
    for (CompletableFuture<GroupResult> result : results) {
      assertThat(result.get(10, TimeUnit.SECONDS).hasAdvantages()).isTrue();
    }
  }

  @Test
  void otherFailure_failsAllThatWaitAndTheStreamGoesOn() throws Exception {
    CompletableFuture<GroupResult> a = stream.send(A);
    nextCall().fail(Status.INVALID_ARGUMENT.withDescription("no").asRuntimeException());

    assertFails(a, Status.Code.INVALID_ARGUMENT, "no");
    CompletableFuture<GroupResult> b = stream.send(B);
    FakeStream second = nextCall();
    second.answer(second.next());
    assertThat(b.get(10, TimeUnit.SECONDS).getGroupId()).isEqualTo("b");
  }

  @Test
  void endWithoutAllAnswers_failsTheRest() throws Exception {
    CompletableFuture<GroupResult> a = stream.send(A);
    FakeStream call = nextCall();
    call.next();
    call.end();

    assertFails(a, Status.Code.INTERNAL, "the stream ended before all groups had results");
  }

  @Test
  void pushbackPastTheDeadline_failsAtOnce() throws Exception {
    CompletableFuture<GroupResult> a = stream.send(A);
    Metadata trailers = new Metadata();
    trailers.put(Pushback.KEY, "3600000");
    nextCall().fail(Status.UNAVAILABLE.withDescription("later").asRuntimeException(trailers));

    assertFails(a, Status.Code.UNAVAILABLE, "later");
  }

  @Test
  void answerThatDoesNotFit_failsItsGroupAlone() throws Exception {
    CompletableFuture<GroupResult> a = stream.send(A);
    CompletableFuture<GroupResult> b = stream.send(B);
    FakeStream call = nextCall();
    call.send(GroupResult.newBuilder().setGroupId("a").build());
    call.answer(B);

    assertInvalid(a, "result.outcome: unset (expected: advantages or error)");
    assertThat(b.get(10, TimeUnit.SECONDS).getGroupId()).isEqualTo("b");
  }

  @Test
  void answerToNoGroup_orASecondTime_failsAllThatWait() throws Exception {
    CompletableFuture<GroupResult> a = stream.send(A);
    CompletableFuture<GroupResult> b = stream.send(B);
    FakeStream call = nextCall();
    call.answer(A);
    call.answer(A);

    assertThat(a.get(10, TimeUnit.SECONDS).getGroupId()).isEqualTo("a");
    assertInvalid(b, "result.group_id: \"a\" (expected: a group that waits for its result)");
    assertThat(call.cancelled.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void noAnswer_failsAtTheDeadlineAndCancelsTheCall() throws Exception {
    AdvantageClientOptions options = server.options().deadline(Duration.ofMillis(300)).build();
    try (AdvantageClient hasty = AdvantageClient.connect(options);
        AdvantageStream other = hasty.stream(HEADER)) {
      CompletableFuture<GroupResult> a = other.send(A);

      assertFails(a, Status.Code.DEADLINE_EXCEEDED, "group \"a\": no result within PT0.3S");
      assertThat(nextCall().cancelled.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void cancelledFuture_itsAnswerIsDropped() throws Exception {
    CompletableFuture<GroupResult> a = stream.send(A);
    CompletableFuture<GroupResult> b = stream.send(B);
    FakeStream call = nextCall();
    call.next();
    call.next();
    a.cancel(false);
    call.answer(A);
    call.answer(B);

    assertThat(b.get(10, TimeUnit.SECONDS).getGroupId()).isEqualTo("b");
  }

  @Test
  void cancel_cancelsFuturesAndTheCall() throws Exception {
    CompletableFuture<GroupResult> a = stream.send(A);
    FakeStream call = nextCall();
    call.next();

    stream.cancel();

    assertThat(a).isCancelled();
    assertThat(call.cancelled.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void send_callThatFailsWhileItStarts_failsTheGroup() {
    AdvantageClient cut = AdvantageClient.over(new RefusingChannel(), Duration.ofMillis(50));

    try (AdvantageStream other = cut.stream(HEADER)) {
      assertFails(other.send(A), Status.Code.UNAVAILABLE, "refused");
    }
  }

  @Test
  void send_oneIdTwice_isRefused() {
    CompletableFuture<GroupResult> unused = stream.send(A);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> stream.send(A))
        .withMessage("group_id: \"a\" again (expected: unique in the stream)");
  }

  @Test
  void ready_untilTheNetworkIsBehind_andAgainWhenItHasCaughtUp() throws Exception {
    assertThat(stream.ready()).isDone();
    List<RolloutGroup> sent = new ArrayList<>();
    while (stream.ready().isDone()) {
      RolloutGroup group = Answers.group("g" + sent.size(), "x".repeat(1 << 20));
      sent.add(group);
      CompletableFuture<GroupResult> unused = stream.send(group);
    }

    assertThat(stream.ready()).succeedsWithin(Duration.ofSeconds(10));
    FakeStream call = nextCall();
    for (RolloutGroup group : sent) {
      assertThat(call.next().getGroupId()).isEqualTo(group.getGroupId());
    }
  }

  private FakeStream nextCall() throws InterruptedException {
    FakeStream call = server.service.streams.poll(10, TimeUnit.SECONDS);
    if (call == null) {
      throw new AssertionError("no stream was opened");
    }
    return call;
  }

  private static void assertInvalid(CompletableFuture<?> result, String message) {
    assertThat(result)
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableOfType(ExecutionException.class)
        .satisfies(
            failure ->
                assertThat(failure.getCause())
                    .isInstanceOf(InvalidAnswerException.class)
                    .hasMessage(message));
  }

  private static StatusRuntimeException unavailable() {
    return Status.UNAVAILABLE.withDescription("restarting").asRuntimeException();
  }
}
