// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc.quota;

import static io.gcpo.advantage.server.testing.Groups.request;
import static io.gcpo.advantage.server.testing.Groups.sound;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.ListenableFuture;
import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.server.testing.Await;
import io.gcpo.advantage.server.testing.FakeEmbedder;
import io.gcpo.advantage.v1.AdvantageServiceGrpc;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.gcpo.advantage.v1.StreamAdvantagesRequest;
import io.gcpo.advantage.v1.StreamAdvantagesResponse;
import io.gcpo.advantage.v1.StreamHeader;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever ends a call, its place in its client's quota is free again; and how streams wait. */
@Timeout(120)
class OpenSlotsTest {
  private final FakeEmbedder embedder = new FakeEmbedder();
  private final TestServer server =
      Tenants.serve(
          embedder,
          Map.of(
              "quota.clients", "noisy",
              "clients.noisy.concurrent-calls", "1",
              "clients.noisy.bytes-per-second", "0",
              "quota.bytes-per-second", "1000",
              "quota.burst", "1s"));

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void slot_comesBack_onEveryWayToEnd() throws Exception {
    CompletableFuture<Void> held = embedder.holdAnswers();

    ListenableFuture<ComputeAdvantagesResponse> cancelled = call();
    awaitOpen(1);
    assertThatThrownBy(() -> Tenants.stub(server.channel(), "noisy").computeAdvantages(question()))
        .hasMessageContaining("RESOURCE_EXHAUSTED: the client's quota: 1 calls open at one time");
    cancelled.cancel(true);
    awaitOpen(0);

    assertThatThrownBy(
            () ->
                Tenants.stub(server.channel(), "noisy")
                    .withDeadlineAfter(300, TimeUnit.MILLISECONDS)
                    .computeAdvantages(question()))
        .hasMessageContaining("DEADLINE_EXCEEDED");
    awaitOpen(0);

    ListenableFuture<ComputeAdvantagesResponse> failed = call();
    awaitOpen(1);
    held.completeExceptionally(new IllegalStateException("on purpose"));
    Await.until(failed::isDone);
    awaitOpen(0);

    embedder.holdAnswers().complete(null);
    assertThat(
            Tenants.stub(server.channel(), "noisy").computeAdvantages(question()).getResultsCount())
        .isEqualTo(1);
    awaitOpen(0);

    Answers stream = new Answers();
    StreamObserver<StreamAdvantagesRequest> requests = open("noisy", stream);
    awaitOpen(1);
    requests.onError(new IllegalStateException("the caller goes"));
    awaitOpen(0);
    requests = open("noisy", new Answers());
    awaitOpen(1);
    requests.onCompleted();
    awaitOpen(0);
  }

  @Test
  void streamThatOwes_waitsAndIsAnsweredInFull() {
    Answers stream = new Answers();
    long begin = System.nanoTime();
    StreamObserver<StreamAdvantagesRequest> requests = open("small", stream);
    String text = "x".repeat(400);
    long bytes = 0;
    for (int i = 0; i < 5; i++) {
      StreamAdvantagesRequest message =
          StreamAdvantagesRequest.newBuilder()
              .setGroup(
                  sound("g" + i).toBuilder()
                      .setRollouts(0, sound("").getRollouts(0).toBuilder().setText(text)))
              .build();
      bytes += i < 4 ? message.getSerializedSize() : 0;
      requests.onNext(message);
    }
    requests.onCompleted();
    Await.until(() -> stream.ended.isDone());

    assertThat(stream.ended).isCompletedWithValue(true);
    assertThat(stream.answers).hasSize(5);
    // The last one was not read before what came ahead of it was paid.
    assertThat((System.nanoTime() - begin) / 1e9).isGreaterThan((bytes - 1_000) / 1_000.0);
    assertThat(bytes).isGreaterThan(1_600);
  }

  private ListenableFuture<ComputeAdvantagesResponse> call() {
    return Tenants.futures(server.channel(), "noisy").computeAdvantages(question());
  }

  private StreamObserver<StreamAdvantagesRequest> open(String client, Answers answers) {
    StreamObserver<StreamAdvantagesRequest> requests =
        AdvantageServiceGrpc.newStub(server.channel())
            .withInterceptors(Tenants.token(client))
            .streamAdvantages(answers);
    requests.onNext(
        StreamAdvantagesRequest.newBuilder().setHeader(StreamHeader.getDefaultInstance()).build());
    return requests;
  }

  private void awaitOpen(int calls) {
    Await.until(() -> server.instance(QuotaInterceptor.class).open("noisy") == calls);
  }

  private static ComputeAdvantagesRequest question() {
    return request(sound("a"));
  }

  private static final class Answers implements StreamObserver<StreamAdvantagesResponse> {
    final List<StreamAdvantagesResponse> answers = new CopyOnWriteArrayList<>();
    final CompletableFuture<Boolean> ended = new CompletableFuture<>();

    @Override
    public void onNext(StreamAdvantagesResponse answer) {
      answers.add(answer);
    }

    @Override
    public void onError(Throwable failure) {
      ended.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {
      ended.complete(true);
    }
  }
}
