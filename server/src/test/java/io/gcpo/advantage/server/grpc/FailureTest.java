// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import static io.gcpo.advantage.server.testing.Groups.request;
import static io.gcpo.advantage.server.testing.Groups.sound;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.gcpo.advantage.client.AdvantageClient;
import io.gcpo.advantage.client.AdvantageClientOptions;
import io.gcpo.advantage.client.RetryPolicy;
import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.server.embedding.EmbeddingUnavailableException;
import io.gcpo.advantage.server.embedding.PredictedWaitException;
import io.gcpo.advantage.server.embedding.QueueFullException;
import io.gcpo.advantage.server.testing.Await;
import io.gcpo.advantage.server.testing.FakeEmbedder;
import io.gcpo.advantage.server.testing.HealthWatch;
import io.gcpo.advantage.v1.AdvantageServiceGrpc;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a caller sees when it is not the caller's fault. */
@Timeout(120)
class FailureTest {
  private static final Metadata.Key<String> RETRY_PUSHBACK =
      Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER);

  private final FakeEmbedder embedder = new FakeEmbedder();

  @ParameterizedTest
  @CsvSource({
    "QUEUE_FULL, UNAVAILABLE",
    "PREDICTED_WAIT, DEADLINE_EXCEEDED",
    "WORKER_RESTARTING, UNAVAILABLE",
    "INTERNAL, INTERNAL",
  })
  void failureOfTheModel_hasItsStatusAndReasonAndNoCause(String reason, String code) {
    try (TestServer server = TestServer.with(embedder, Map.of())) {
      embedder.holdAnswers().completeExceptionally(failure(reason));

      assertThatThrownBy(
              () ->
                  AdvantageServiceGrpc.newBlockingStub(server.channel())
                      .computeAdvantages(request(sound("a"))))
          .isInstanceOfSatisfying(
              StatusRuntimeException.class,
              refused -> {
                Status status = StatusProto.fromThrowable(refused);
                assertThat(refused.getStatus().getCode().name()).isEqualTo(code);
                assertThat(status.getMessage()).doesNotContain("secret");
                assertThat(status.getDetails(0).is(ErrorInfo.class)).isTrue();
                assertThat(status.getDetails(0).getValue().toStringUtf8()).contains(reason);
                boolean retryable = code.equals("UNAVAILABLE");
                assertThat(status.getDetailsList().stream().anyMatch(d -> d.is(RetryInfo.class)))
                    .isEqualTo(retryable);
                assertThat(refused.getTrailers().get(RETRY_PUSHBACK))
                    .isEqualTo(reason.equals("QUEUE_FULL") ? "1234" : retryable ? "500" : null);
              });
    }
  }

  @Test
  void deadline_endsTheCallAndTheNextOneIsAnswered() {
    try (TestServer server = TestServer.with(embedder, Map.of())) {
      CompletableFuture<Void> held = embedder.holdAnswers();

      assertThatThrownBy(
              () ->
                  AdvantageServiceGrpc.newBlockingStub(server.channel())
                      .withDeadlineAfter(200, TimeUnit.MILLISECONDS)
                      .computeAdvantages(request(sound("a"))))
          .hasMessageContaining("DEADLINE_EXCEEDED");

      held.complete(null);
      assertThat(server.client().compute(request(sound("b"))).getResultsCount()).isEqualTo(1);
    }
  }

  @Test
  void stop_finishesCallsInFlightAfterSayingNotServing() throws Exception {
    TestServer server = TestServer.with(embedder, Map.of("grpc.drain-timeout", "30s"));
    HealthWatch health = HealthWatch.over(server.channel());
    assertThat(health.next()).isEqualTo(ServingStatus.SERVING);
    CompletableFuture<Void> held = embedder.holdAnswers();
    CompletableFuture<ComputeAdvantagesResponse> inFlight =
        server.client().computeAsync(request(sound("a")));
    awaitCall();

    CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::stop);

    assertThat(health.next()).isEqualTo(ServingStatus.NOT_SERVING);
    assertThat(stopped).isNotDone();
    held.complete(null);
    assertThat(inFlight.get(10, TimeUnit.SECONDS).getResults(0).hasAdvantages()).isTrue();
    stopped.get(10, TimeUnit.SECONDS);
    server.close();
  }

  @Test
  void stop_endsCallsThatOutlastTheDrainTimeout() {
    TestServer server = TestServer.with(embedder, Map.of("grpc.drain-timeout", "100ms"));
    embedder.holdAnswers();
    AdvantageClientOptions once =
        AdvantageClientOptions.builder("127.0.0.1:" + server.port())
            .retryPolicy(RetryPolicy.NONE)
            .build();
    try (server;
        AdvantageClient client = AdvantageClient.connect(once)) {
      CompletableFuture<ComputeAdvantagesResponse> inFlight =
          client.computeAsync(request(sound("a")));
      awaitCall();

      server.stop();

      assertThat(inFlight)
          .failsWithin(10, TimeUnit.SECONDS)
          .withThrowableOfType(ExecutionException.class)
          .withMessageContaining("UNAVAILABLE: the server stops");
    }
  }

  private static RuntimeException failure(String reason) {
    return switch (reason) {
      case "QUEUE_FULL" -> QueueFullException.ofTokens(10, 90, 95, Duration.ofMillis(1_234));
      case "PREDICTED_WAIT" ->
          new PredictedWaitException(Duration.ofSeconds(2), Duration.ofSeconds(1));
      case "WORKER_RESTARTING" ->
          new EmbeddingUnavailableException("secret", new IllegalStateException("secret"));
      default -> new IllegalStateException("secret");
    };
  }

  private void awaitCall() {
    Await.until(() -> !embedder.calls().isEmpty());
  }
}
