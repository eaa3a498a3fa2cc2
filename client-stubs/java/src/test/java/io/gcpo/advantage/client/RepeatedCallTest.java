// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import static io.gcpo.advantage.client.Failures.assertFails;
import static io.gcpo.advantage.client.Failures.assertStatus;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.gcpo.advantage.v1.EmbedTextsRequest;
import io.gcpo.advantage.v1.SubmitRolloutsRequest;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RepeatedCallTest {
  private FakeServer server;
  private AdvantageClient client;

  @BeforeEach
  void start() throws IOException {
    server = new FakeServer();
    client = AdvantageClient.connect(server.options().retryPolicy(Failures.HASTY).build());
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void largeRequest_oftenRefused_isRepeatedWithOneId() {
    for (int i = 0; i < 6; i++) {
      server.service.failures.add(
          i % 2 == 0 ? unavailable() : Status.CANCELLED.asRuntimeException());
    }
    ComputeAdvantagesRequest large =
        ComputeAdvantagesRequest.newBuilder()
            .addGroups(Answers.group("large", "x".repeat(9 << 20)))
            .build();

    ComputeAdvantagesResponse answer = client.compute(large);

    assertThat(answer.getRequestId()).matches("[0-9a-f]{32}");
    assertThat(answer.getResultsList()).isEqualTo(Answers.to(large).getResultsList());
    assertThat(server.service.computed)
        .hasSize(7)
        .allSatisfy(sent -> assertThat(sent.getRequestId()).isEqualTo(answer.getRequestId()));
  }

  @Test
  void embedAndSubmit_onceRefused_areRepeatedWithOneId() throws Exception {
    server.service.failures.addAll(List.of(unavailable(), unavailable()));

    assertThat(client.embed(EmbedTextsRequest.newBuilder().addTexts("a").build()).getRequestId())
        .matches("[0-9a-f]{32}");
    assertThat(server.service.calls).hasValue(3);
    server.service.failures.add(unavailable());
    assertThat(
            client
                .submit(SubmitRolloutsRequest.newBuilder().addTexts("a").build())
                .get(10, TimeUnit.SECONDS)
                .getRequestId())
        .matches("[0-9a-f]{32}");
    assertThat(server.service.calls).hasValue(5);
  }

  @Test
  void otherFailure_isNotRepeated() {
    server.service.failures.add(Status.INTERNAL.asRuntimeException());

    assertStatus(Status.Code.INTERNAL, () -> client.compute(Answers.request()));
    assertThat(server.service.calls).hasValue(1);
  }

  @Test
  void negativePushback_standsAtOnce() {
    server.service.failures.add(pushback("-1"));

    assertFails(client.computeAsync(Answers.request()), Status.Code.UNAVAILABLE, "pushed back");
    assertThat(server.service.calls).hasValue(1);
  }

  @Test
  void pushbackPastTheDeadline_standsAtOnce() {
    server.service.failures.add(pushback("3600000"));

    assertFails(client.computeAsync(Answers.request()), Status.Code.UNAVAILABLE, "pushed back");
    assertThat(server.service.calls).hasValue(1);
  }

  @Test
  void pushback_doesNotShortenTheBackoff() {
    server.service.failures.add(pushback("0"));
    RetryPolicy slow = new RetryPolicy(2, Duration.ofHours(1), Duration.ofHours(1), 1);

    try (AdvantageClient patient =
        AdvantageClient.connect(server.options().retryPolicy(slow).build())) {
      assertFails(patient.computeAsync(Answers.request()), Status.Code.UNAVAILABLE, "pushed back");
    }
    assertThat(server.service.calls).hasValue(1);
  }

  @Test
  void quota_isWaitedForAsLongAsThereIsTime_thenHasItsOwnType() {
    server.service.failures.addAll(
        List.of(Failures.exhausted("QUOTA", "1"), Failures.exhausted("QUOTA", "0")));

    assertThat(client.compute(Answers.request()).getResultsCount()).isEqualTo(2);
    assertThat(server.service.calls).hasValue(3);

    server.service.failures.add(Failures.exhausted("QUOTA", "3600000"));
    assertThatExceptionOfType(QuotaExceededException.class)
        .isThrownBy(() -> client.compute(Answers.request()))
        .withMessage("RESOURCE_EXHAUSTED: too much")
        .satisfies(failure -> assertThat(failure.getTrailers().get(Pushback.KEY)).isNotNull());
    assertThat(server.service.calls).hasValue(4);
  }

  @Test
  void exhaustedForAnotherReason_standsAtOnce() {
    server.service.failures.add(Failures.exhausted("LIMIT", "0"));

    assertThatThrownBy(() -> client.compute(Answers.request()))
        .isExactlyInstanceOf(StatusRuntimeException.class);
    assertThat(server.service.calls).hasValue(1);
  }

  @Test
  void noRetries_failureStands() {
    server.service.failures.add(unavailable());

    try (AdvantageClient once =
        AdvantageClient.connect(server.options().retryPolicy(RetryPolicy.NONE).build())) {
      assertStatus(Status.Code.UNAVAILABLE, () -> once.compute(Answers.request()));
    }
    assertThat(server.service.calls).hasValue(1);
  }

  @Test
  void cancelledContextOfTheCaller_isNotRepeated() throws Exception {
    server.service.silent = true;
    Context.CancellableContext context = Context.current().withCancellation();
    CompletableFuture<ComputeAdvantagesResponse> call =
        context.call(() -> client.computeAsync(Answers.request()));
    assertThat(server.service.called.await(10, TimeUnit.SECONDS)).isTrue();

    context.cancel(null);

    assertFails(call, Status.Code.CANCELLED, "");
    assertThat(server.service.calls).hasValue(1);
  }

  @Test
  void serverThatIsGone_failsWithWhatTheConnectionSaid() throws Exception {
    server.kill();
    RetryPolicy slow = new RetryPolicy(9, Duration.ofHours(1), Duration.ofHours(1), 1);

    try (AdvantageClient patient =
        AdvantageClient.connect(server.options().retryPolicy(slow).build())) {
      assertFails(patient.computeAsync(Answers.request()), Status.Code.UNAVAILABLE, "io exception");
    }
  }

  @Test
  void serverThatIsBack_isReachedAtOnce() throws Exception {
    // A channel fails a call shortly before it says that it could not connect: the attempt that
    // follows at once may be lost.
    RetryPolicy milliseconds = Failures.HASTY.withMaxAttempts(4);
    AdvantageClientOptions options =
        server.options().connections(1).retryPolicy(milliseconds).build();
    try (AdvantageClient hasty = AdvantageClient.connect(options)) {
      hasty.info();
      server.kill();
      for (int i = 0; i < 5; i++) {
        assertStatus(Status.Code.UNAVAILABLE, hasty::info);
      }
      server.restart();

      // gRPC's own backoff would fail it for a second or more.
      assertThat(hasty.info().hasBuild()).isTrue();
    }
  }

  @Test
  void serverKilledAndRestarted_underCalls_allAreAnsweredRight() throws Exception {
    for (int round = 0; round < 10; round++) {
      List<CompletableFuture<ComputeAdvantagesResponse>> calls = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        calls.add(client.computeAsync(Answers.request()));
      }
      server.kill();
      for (int i = 0; i < 20; i++) {
        calls.add(client.computeAsync(Answers.request()));
      }
      server.restart();
      for (CompletableFuture<ComputeAdvantagesResponse> call : calls) {
        assertThat(call.get(20, TimeUnit.SECONDS)).isEqualTo(Answers.to(Answers.request()));
      }
    }
  }

  private static StatusRuntimeException pushback(String milliseconds) {
    Metadata trailers = new Metadata();
    trailers.put(Pushback.KEY, milliseconds);
    return Status.UNAVAILABLE.withDescription("pushed back").asRuntimeException(trailers);
  }

  private static StatusRuntimeException unavailable() {
    return Status.UNAVAILABLE.withDescription("overloaded").asRuntimeException();
  }
}
