// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import static io.gcpo.advantage.client.Failures.assertFails;
import static io.gcpo.advantage.client.Failures.assertStatus;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.gcpo.advantage.v1.EmbedTextsRequest;
import io.gcpo.advantage.v1.EmbedTextsResponse;
import io.gcpo.advantage.v1.SubmitRolloutsRequest;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class AdvantageClientTest {
  private FakeServer server;
  private AdvantageClient client;

  @BeforeEach
  void start() throws IOException {
    server = new FakeServer();
    client = AdvantageClient.connect(server.target());
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void compute_fittingAnswer_isReturned() {
    assertThat(client.compute(Answers.request())).isEqualTo(Answers.to(Answers.request()));
  }

  @Test
  void compute_dnsTarget_isReached() {
    try (AdvantageClient other = AdvantageClient.connect("dns:///" + server.target())) {
      assertThat(other.compute(Answers.request()).getResultsCount()).isEqualTo(2);
    }
  }

  @Test
  void compute_severalCalls_askForTheLimitsOnce() {
    client.compute(Answers.request());
    client.compute(Answers.request());

    assertThat(server.info.calls).hasValue(1);
  }

  @Test
  void compute_afterAFailure_asksForTheLimitsAgain() {
    server.service.failures.add(Status.INVALID_ARGUMENT.asRuntimeException());

    assertStatus(Status.Code.INVALID_ARGUMENT, () -> client.compute(Answers.request()));
    client.compute(Answers.request());

    assertThat(server.info.calls).hasValue(2);
  }

  @Test
  void compute_noAnswer_endsAtDeadline() {
    server.service.silent = true;
    AdvantageClientOptions options = server.options().deadline(Duration.ofMillis(300)).build();

    try (AdvantageClient hasty = AdvantageClient.connect(options)) {
      assertStatus(Status.Code.DEADLINE_EXCEEDED, () -> hasty.compute(Answers.request()));
      assertStatus(
          Status.Code.DEADLINE_EXCEEDED,
          () -> hasty.embed(EmbedTextsRequest.newBuilder().addTexts("a").build()));
    }
  }

  @Test
  void compute_answerOverLimit_isRefused() {
    AdvantageClientOptions options = server.options().maxMessageBytes(40).build();

    try (AdvantageClient narrow = AdvantageClient.connect(options)) {
      assertStatus(Status.Code.RESOURCE_EXHAUSTED, () -> narrow.compute(Answers.request()));
    }
  }

  @Test
  void compute_answerThatDoesNotFit_isRefused() {
    server.service.distortion = answer -> answer.toBuilder().removeResults(0).build();

    assertThatThrownBy(() -> client.compute(Answers.request()))
        .isInstanceOf(InvalidAnswerException.class)
        .hasMessage("results: length 1 (expected: length 2)");
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> client.computeAsync(Answers.request()).get(10, TimeUnit.SECONDS))
        .withCauseInstanceOf(InvalidAnswerException.class);
    assertThat(server.service.calls).hasValue(2);
  }

  @Test
  void compute_failure_hasTheTraceOfTheCaller() {
    server.service.failures.add(Status.INTERNAL.asRuntimeException());

    assertThatThrownBy(() -> client.compute(Answers.request()))
        .satisfies(
            failure ->
                assertThat(failure.getStackTrace())
                    .anyMatch(frame -> frame.getClassName().equals(getClass().getName())));
  }

  @Test
  void compute_interrupted_cancelsTheCallAndStaysInterrupted() throws Exception {
    server.service.silent = true;
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    AtomicReference<Boolean> interrupted = new AtomicReference<>();
    Thread caller =
        new Thread(
            () -> {
              try {
                client.compute(Answers.request());
              } catch (StatusRuntimeException cancelled) {
                thrown.set(cancelled);
                interrupted.set(Thread.currentThread().isInterrupted());
              }
            });
    caller.start();
    assertThat(server.service.called.await(10, TimeUnit.SECONDS)).isTrue();

    caller.interrupt();
    caller.join(10_000);

    assertThat(Status.fromThrowable(thrown.get()).getCode()).isEqualTo(Status.Code.CANCELLED);
    assertThat(interrupted).hasValue(true);
    assertThat(server.service.cancelled.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void computeAsync_severalInFlight_eachGetsItsAnswer() throws Exception {
    ComputeAdvantagesRequest other =
        Answers.request().toBuilder().setRequestId("other").removeGroups(0).build();
    CompletableFuture<ComputeAdvantagesResponse> first = client.computeAsync(Answers.request());
    CompletableFuture<ComputeAdvantagesResponse> second = client.computeAsync(other);

    assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo(Answers.to(Answers.request()));
    assertThat(second.get(10, TimeUnit.SECONDS)).isEqualTo(Answers.to(other));
  }

  @Test
  void computeAsync_failure_failsTheFuture() {
    server.service.failures.add(
        Status.INVALID_ARGUMENT.withDescription("groups: empty").asRuntimeException());

    assertFails(
        client.computeAsync(Answers.request()), Status.Code.INVALID_ARGUMENT, "groups: empty");
  }

  @Test
  void computeAsync_failureDuringTheStart_failsTheFutureAndIsNotThrown() {
    AdvantageClient cut = AdvantageClient.over(new RefusingChannel(), Duration.ofMillis(50));

    assertFails(cut.computeAsync(Answers.request()), Status.Code.UNAVAILABLE, "refused");
  }

  @Test
  void computeAsync_cancelledFuture_cancelsTheCall() throws Exception {
    server.service.silent = true;
    CompletableFuture<ComputeAdvantagesResponse> future = client.computeAsync(Answers.request());
    assertThat(server.service.called.await(10, TimeUnit.SECONDS)).isTrue();

    assertThat(future.cancel(true)).isTrue();

    assertThat(server.service.cancelled.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(server.service.calls).hasValue(1);
  }

  @Test
  void submit_texts_areAnsweredByTheModelAskedForWithTheirHashes() throws Exception {
    SubmitRolloutsRequest request =
        SubmitRolloutsRequest.newBuilder().addTexts("a").setModel("small").build();

    assertThat(client.submit(request).get(10, TimeUnit.SECONDS).getModel().getName())
        .isEqualTo("small");
    server.service.submitDistortion =
        answer -> answer.toBuilder().setContentSha256(0, ByteString.EMPTY).build();
    assertThat(client.submit(request))
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(InvalidAnswerException.class);
  }

  @Test
  void embed_blockingAndAsync_giveRows() throws Exception {
    EmbedTextsRequest request =
        EmbedTextsRequest.newBuilder().setRequestId("r").addTexts("a").addTexts("").build();

    EmbedTextsResponse answer = client.embed(request);

    assertThat(answer.getEmbeddingsF32Le().size()).isEqualTo(2 * 4 * FakeService.DIMENSION);
    assertThat(client.embedAsync(request).get(10, TimeUnit.SECONDS)).isEqualTo(answer);
  }

  @Test
  void info_isAskedAnewEachTime() {
    assertThat(client.info().getBuild().getVersion()).isEqualTo("fake");
    client.info();

    assertThat(server.info.calls).hasValue(2);
  }

  @Test
  void close_ownChannels_refusesFurtherCallsAtOnce() {
    client.close();

    assertStatus(Status.Code.UNAVAILABLE, () -> client.info());
    assertStatus(Status.Code.UNAVAILABLE, () -> client.compute(Answers.request()));
  }

  @Test
  void close_callInFlight_isLeftTimeToEnd() throws Exception {
    CountDownLatch closing = new CountDownLatch(1);
    server.service.answers =
        request -> {
          server.service.called.countDown();
          awaitUnchecked(closing);
          return Answers.to(request);
        };
    CompletableFuture<ComputeAdvantagesResponse> call = client.computeAsync(Answers.request());
    assertThat(server.service.called.await(10, TimeUnit.SECONDS)).isTrue();
    Thread closer = new Thread(client::close);
    closer.start();
    closing.countDown();
    closer.join(10_000);

    assertThat(call.get(10, TimeUnit.SECONDS)).isEqualTo(Answers.to(Answers.request()));
  }

  @Test
  void close_channelOfTheCaller_staysOpen() {
    ManagedChannel channel =
        Grpc.newChannelBuilder(server.target(), InsecureChannelCredentials.create()).build();
    try {
      AdvantageClient.over(channel, Duration.ofSeconds(10)).close();

      assertThat(channel.isShutdown()).isFalse();
      assertThat(AdvantageClient.over(channel, Duration.ofSeconds(10)).info().hasBuild()).isTrue();
    } finally {
      channel.shutdownNow();
    }
    assertStatus(
        Status.Code.UNAVAILABLE,
        () -> AdvantageClient.over(channel, Duration.ofSeconds(50)).info());
  }

  @Test
  void over_noDeadline_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> AdvantageClient.over(new RefusingChannel(), Duration.ofSeconds(-1)))
        .withMessage("deadline: PT-1S (expected: a positive duration)");
  }

  private static void awaitUnchecked(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException interrupted) {
      throw new AssertionError(interrupted);
    }
  }
}
