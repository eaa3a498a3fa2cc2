// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.gcpo.advantage.v1.EmbedTextsRequest;
import io.gcpo.advantage.v1.EmbedTextsResponse;
import io.gcpo.advantage.v1.ModelIdentity;
import io.gcpo.advantage.v1.SubmitRolloutsRequest;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Over a real connection: in-process channels know neither retry buffers nor message sizes. */
class AdvantageClientTest {
  private final FakeService service = new FakeService();
  private Server server;
  private AdvantageClient client;

  @BeforeEach
  void start() throws IOException {
    server =
        NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
            .maxInboundMessageSize(64 << 20)
            .addService(service)
            .addService(new FakeInfoService())
            .build()
            .start();
    client = AdvantageClient.connect(target());
  }

  @AfterEach
  void stop() throws InterruptedException {
    client.close();
    server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
  }

  @Test
  void compute_fittingAnswer_isReturned() {
    assertThat(client.compute(Answers.request())).isEqualTo(Answers.to(Answers.request()));
  }

  @Test
  void compute_dnsTarget_isReached() {
    try (AdvantageClient other = AdvantageClient.connect("dns:///" + target())) {
      assertThat(other.compute(Answers.request()).getResultsCount()).isEqualTo(2);
    }
  }

  @Test
  void compute_largeRequestOnceUnavailable_isRetried() {
    service.failures.add(Status.UNAVAILABLE);
    ComputeAdvantagesRequest large =
        ComputeAdvantagesRequest.newBuilder()
            .addGroups(Answers.group("large", "x".repeat(4 << 20)))
            .build();

    ComputeAdvantagesResponse answer = client.compute(large);

    assertThat(answer).isEqualTo(Answers.to(large));
    assertThat(service.calls).hasValue(2);
  }

  @Test
  void compute_requestOverRetryBuffer_isSentOnce() {
    service.failures.add(Status.UNAVAILABLE);
    AdvantageClientOptions options =
        AdvantageClientOptions.builder(target()).callRetryBytes(1_000).build();
    ComputeAdvantagesRequest large =
        ComputeAdvantagesRequest.newBuilder()
            .addGroups(Answers.group("large", "x".repeat(100_000)))
            .build();

    try (AdvantageClient other = AdvantageClient.connect(options)) {
      assertStatus(Status.Code.UNAVAILABLE, () -> other.compute(large));
    }
    assertThat(service.calls).hasValue(1);
  }

  @Test
  void compute_otherFailure_isNotRetried() {
    service.failures.add(Status.INTERNAL);

    assertStatus(Status.Code.INTERNAL, () -> client.compute(Answers.request()));
    assertThat(service.calls).hasValue(1);
  }

  @Test
  void compute_noAnswer_endsAtDeadline() {
    service.silent = true;
    AdvantageClientOptions options =
        AdvantageClientOptions.builder(target()).deadline(Duration.ofMillis(200)).build();

    try (AdvantageClient hasty = AdvantageClient.connect(options)) {
      assertStatus(Status.Code.DEADLINE_EXCEEDED, () -> hasty.compute(Answers.request()));
      assertStatus(
          Status.Code.DEADLINE_EXCEEDED,
          () -> hasty.embed(EmbedTextsRequest.newBuilder().addTexts("a").build()));
    }
  }

  @Test
  void compute_answerOverLimit_isRefused() {
    AdvantageClientOptions options =
        AdvantageClientOptions.builder(target()).maxMessageBytes(10).build();

    try (AdvantageClient narrow = AdvantageClient.connect(options)) {
      assertStatus(Status.Code.RESOURCE_EXHAUSTED, () -> narrow.compute(Answers.request()));
    }
  }

  @Test
  void compute_shortAnswer_isRefused() {
    service.distortion = answer -> answer.toBuilder().removeResults(0).build();

    assertThatThrownBy(() -> client.compute(Answers.request()))
        .isInstanceOf(InvalidAnswerException.class)
        .hasMessage("results: length 1 (expected: length 2)");
  }

  @Test
  void computeAsync_severalInFlight_eachGetsItsAnswer() throws Exception {
    CompletableFuture<ComputeAdvantagesResponse> first = client.computeAsync(Answers.request());
    ComputeAdvantagesRequest other =
        ComputeAdvantagesRequest.newBuilder().addGroups(Answers.group("c", "x")).build();
    CompletableFuture<ComputeAdvantagesResponse> second = client.computeAsync(other);

    assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo(Answers.to(Answers.request()));
    assertThat(second.get(10, TimeUnit.SECONDS)).isEqualTo(Answers.to(other));
  }

  @Test
  void computeAsync_shortAnswer_failsTheFuture() {
    service.distortion = answer -> answer.toBuilder().removeResults(0).build();

    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> client.computeAsync(Answers.request()).get(10, TimeUnit.SECONDS))
        .withCauseInstanceOf(InvalidAnswerException.class);
  }

  @Test
  void computeAsync_failure_failsTheFuture() {
    service.failures.add(Status.INVALID_ARGUMENT.withDescription("groups: empty"));

    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> client.computeAsync(Answers.request()).get(10, TimeUnit.SECONDS))
        .withCauseInstanceOf(StatusRuntimeException.class)
        .withMessageContaining("INVALID_ARGUMENT: groups: empty");
  }

  @Test
  void computeAsync_failureDuringTheStart_failsTheFutureAndIsNotThrown() {
    AdvantageClient cut = AdvantageClient.over(new RefusingChannel(), Duration.ofSeconds(10));

    assertThat(cut.computeAsync(Answers.request()))
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(StatusRuntimeException.class);
  }

  @Test
  void computeAsync_cancelledFuture_cancelsTheCall() throws Exception {
    service.silent = true;
    CompletableFuture<ComputeAdvantagesResponse> future = client.computeAsync(Answers.request());
    assertThat(service.called.await(10, TimeUnit.SECONDS)).isTrue();

    assertThat(future.cancel(true)).isTrue();

    assertThat(service.cancelled.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void computePrefetched_textsLacking_bothRequestsNameTheModel() throws Exception {
    ComputeAdvantagesRequest request = Answers.request().toBuilder().setModel("small").build();
    service.distortion =
        answer ->
            service.computed.size() == 1
                ? answer.toBuilder().setResults(1, Answers.contentNotFound("b")).build()
                : answer;

    ComputeAdvantagesResponse answer = client.computePrefetched(request).get(10, TimeUnit.SECONDS);

    assertThat(answer).isEqualTo(Answers.to(request));
    assertThat(service.computed)
        .extracting(sent -> sent.getGroups(0).getRollouts(0).hasText())
        .containsExactly(false, true);
    assertThat(service.computed)
        .extracting(sent -> sent.getGroups(0).getRollouts(0).getKernelText())
        .containsExactly(request.getGroups(0).getRollouts(0).getText(), "");
    assertThat(service.computed)
        .extracting(ComputeAdvantagesRequest::getModel)
        .containsExactly("small", "small");
  }

  @Test
  void answerOfAnotherModelThanAskedFor_isRefused() {
    service.distortion =
        answer -> answer.toBuilder().setModel(ModelIdentity.newBuilder().setName("large")).build();
    ComputeAdvantagesRequest request = Answers.request().toBuilder().setModel("small").build();

    assertThatThrownBy(() -> client.compute(request))
        .isInstanceOf(InvalidAnswerException.class)
        .hasMessage("model.name: \"large\" (expected: \"small\")");
    assertThat(client.compute(Answers.request()).getModel().getName()).isEqualTo("large");
  }

  @Test
  void submit_texts_areAnsweredByTheModelAskedFor() throws Exception {
    SubmitRolloutsRequest request =
        SubmitRolloutsRequest.newBuilder().addTexts("a").setModel("small").build();

    assertThat(client.submit(request).get(10, TimeUnit.SECONDS).getModel().getName())
        .isEqualTo("small");
  }

  @Test
  void embed_blockingAndAsync_giveRows() throws Exception {
    EmbedTextsRequest request = EmbedTextsRequest.newBuilder().addTexts("a").addTexts("").build();

    EmbedTextsResponse answer = client.embed(request);

    assertThat(answer.getEmbeddingsF32Le().size()).isEqualTo(2 * 4 * FakeService.DIMENSION);
    assertThat(client.embedAsync(request).get(10, TimeUnit.SECONDS)).isEqualTo(answer);
  }

  @Test
  void info_isReturned() {
    assertThat(client.info().getBuild().getVersion()).isEqualTo("fake");
  }

  @Test
  void close_ownChannel_refusesFurtherCalls() {
    client.close();

    assertStatus(Status.Code.UNAVAILABLE, () -> client.info());
  }

  @Test
  void close_channelOfTheCaller_staysOpen() {
    ManagedChannel channel =
        Grpc.newChannelBuilder(target(), InsecureChannelCredentials.create()).build();
    try {
      AdvantageClient.over(channel, Duration.ofSeconds(10)).close();

      assertThat(channel.isShutdown()).isFalse();
      assertThat(AdvantageClient.over(channel, Duration.ofSeconds(10)).info().hasBuild()).isTrue();
    } finally {
      channel.shutdownNow();
    }
  }

  @Test
  void over_noDeadline_isRefused() {
    ManagedChannel channel =
        Grpc.newChannelBuilder(target(), InsecureChannelCredentials.create()).build();
    try {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> AdvantageClient.over(channel, Duration.ofSeconds(-1)))
          .withMessage("deadline: PT-1S (expected: a positive duration)");
    } finally {
      channel.shutdownNow();
    }
  }

  private String target() {
    return "localhost:" + server.getPort();
  }

  private static void assertStatus(Status.Code code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            StatusRuntimeException.class,
            failure -> assertThat(failure.getStatus().getCode()).isEqualTo(code));
  }
}
