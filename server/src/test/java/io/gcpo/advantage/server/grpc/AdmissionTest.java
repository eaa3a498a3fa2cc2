// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import static io.gcpo.advantage.server.testing.Groups.group;
import static io.gcpo.advantage.server.testing.Groups.request;
import static io.gcpo.advantage.server.testing.Groups.rollout;
import static io.gcpo.advantage.server.testing.Groups.sound;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.ListenableFuture;
import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.server.grpc.admission.AdmissionBudgets;
import io.gcpo.advantage.server.grpc.admission.AdmissionInterceptor;
import io.gcpo.advantage.server.testing.Await;
import io.gcpo.advantage.server.testing.FakeEmbedder;
import io.gcpo.advantage.server.testing.RawHttp2;
import io.gcpo.advantage.server.testing.RawHttp2.Frame;
import io.gcpo.advantage.v1.AdvantageServiceGrpc;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.gcpo.advantage.v1.StreamAdvantagesRequest;
import io.gcpo.advantage.v1.StreamAdvantagesResponse;
import io.gcpo.advantage.v1.StreamHeader;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What may come in at one time, decided before it comes. */
@Timeout(120)
class AdmissionTest {
  private static final String COMPUTE =
      AdvantageServiceGrpc.getComputeAdvantagesMethod().getFullMethodName();
  private static final Map<String, String> ONE_MESSAGE =
      Map.of("limits.max-message-bytes", "65536", "admission.max-bytes", "1");

  private final FakeEmbedder embedder = new FakeEmbedder();

  @Test
  void callsOverTheBudget_waitAndAreAllAnswered() throws Exception {
    try (TestServer server = TestServer.with(embedder, ONE_MESSAGE)) {
      List<ListenableFuture<ComputeAdvantagesResponse>> calls = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        calls.add(
            AdvantageServiceGrpc.newFutureStub(server.channel())
                .computeAdvantages(large("call-" + i)));
      }

      for (int i = 0; i < 50; i++) {
        assertThat(calls.get(i).get(60, TimeUnit.SECONDS).getResults(0).getGroupId())
            .isEqualTo("call-" + i);
      }
      awaitNothingHeld(server);
    }
  }

  @Test
  void callsInWork_keepTheirBytesUntilTheyAreAnswered() throws Exception {
    try (TestServer server = TestServer.with(embedder, Map.of())) {
      CompletableFuture<Void> held = embedder.holdAnswers();
      ComputeAdvantagesRequest request = large("a");

      ListenableFuture<ComputeAdvantagesResponse> call =
          AdvantageServiceGrpc.newFutureStub(server.channel()).computeAdvantages(request);

      Await.until(
          () -> server.instance(AdmissionBudgets.class).held() == request.getSerializedSize());
      held.complete(null);
      call.get(60, TimeUnit.SECONDS);
      awaitNothingHeld(server);
    }
  }

  @Test
  void cancelledCall_givesItsBytesBackAndItsTurn() throws Exception {
    try (TestServer server = TestServer.with(embedder, ONE_MESSAGE)) {
      AdmissionBudgets budget = server.instance(AdmissionBudgets.class);
      embedder.holdAnswers();
      AdvantageServiceGrpc.AdvantageServiceFutureStub stub =
          AdvantageServiceGrpc.newFutureStub(server.channel());
      ListenableFuture<ComputeAdvantagesResponse> first = stub.computeAdvantages(large("a"));
      Await.until(() -> !embedder.calls().isEmpty());
      ListenableFuture<ComputeAdvantagesResponse> second = stub.computeAdvantages(large("b"));
      Await.until(() -> budget.waitingCalls() == 1);

      second.cancel(true);
      Await.until(() -> budget.waitingCalls() == 0);
      first.cancel(true);

      awaitNothingHeld(server);
    }
  }

  @Test
  void tooManyThatWait_areRefusedBeforeTheirBodyIsRead() throws IOException {
    Map<String, String> nobodyWaits =
        Map.of(
            "limits.max-message-bytes", "65536",
            "admission.max-bytes", "1",
            "admission.max-waiting-calls", "0");
    try (TestServer server = TestServer.with(embedder, nobodyWaits);
        RawHttp2 client = new RawHttp2(server.port())) {
      client.open(1, COMPUTE);
      client.startMessage(1, 1_000);
      Await.until(() -> server.instance(AdmissionBudgets.class).held() > 0);

      client.open(3, COMPUTE);
      Frame refusal = client.await(RawHttp2.HEADERS);

      assertThat(refusal.stream()).isEqualTo(3);
      assertThat(refusal.contains("calls wait while")).isTrue();
      client.reset(1);
      awaitNothingHeld(server);
    }
  }

  @Test
  void messageThatDoesNotCome_endsItsCallInTime() throws IOException {
    try (TestServer server = TestServer.with(embedder, Map.of("admission.body-timeout", "200ms"));
        RawHttp2 client = new RawHttp2(server.port())) {
      client.open(1, COMPUTE);
      client.startMessage(1, 1_000);

      Frame refusal = client.await(RawHttp2.HEADERS);

      assertThat(refusal.contains("the message was not here after PT0.2S")).isTrue();
      awaitNothingHeld(server);
    }
  }

  @Test
  void declaredSize_letsSmallCallsInSideBySide() throws Exception {
    try (TestServer server = TestServer.with(embedder, ONE_MESSAGE)) {
      CompletableFuture<Void> held = embedder.holdAnswers();
      List<ListenableFuture<ComputeAdvantagesResponse>> calls = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        calls.add(declaring(server, 1_000).computeAdvantages(request(sound("call-" + i))));
      }

      Await.until(() -> embedder.calls().size() == 10);

      held.complete(null);
      for (ListenableFuture<ComputeAdvantagesResponse> call : calls) {
        call.get(60, TimeUnit.SECONDS);
      }
    }
  }

  @Test
  void messageLargerThanDeclared_isRefused() {
    try (TestServer server = TestServer.with(embedder, Map.of())) {
      assertThatThrownBy(() -> declaring(server, 10).computeAdvantages(large("a")).get())
          .hasMessageContaining("INVALID_ARGUMENT: gcpo-request-bytes: 10 (expected: at least the");
      assertThat(embedder.calls()).isEmpty();
    }
  }

  @Test
  void streamOverTheBudget_isNotReadOnUntilItsGroupsAreAnswered() throws Exception {
    try (TestServer server = TestServer.with(embedder, ONE_MESSAGE)) {
      CompletableFuture<Void> held = embedder.holdAnswers();
      CompletableFuture<Integer> answers = new CompletableFuture<>();
      StreamObserver<StreamAdvantagesRequest> requests =
          AdvantageServiceGrpc.newStub(server.channel()).streamAdvantages(new AnswerCount(answers));
      requests.onNext(
          StreamAdvantagesRequest.newBuilder()
              .setHeader(StreamHeader.getDefaultInstance())
              .build());
      for (int i = 0; i < 5; i++) {
        requests.onNext(
            StreamAdvantagesRequest.newBuilder().setGroup(large("g" + i).getGroups(0)).build());
      }
      requests.onCompleted();

      // The second is read while there is room for a byte more, and is over the budget.
      Await.until(
          () ->
              server.instance(AdmissionBudgets.class).waitingCalls() == 1
                  && embedder.calls().size() == 2);

      held.complete(null);
      assertThat(answers.get(60, TimeUnit.SECONDS)).isEqualTo(5);
      awaitNothingHeld(server);
    }
  }

  @Test
  void refusals_areCountedAndSayWhenToComeBack() throws Exception {
    Map<String, String> one =
        Map.of(
            "limits.max-message-bytes", "65536",
            "admission.max-bytes", "1",
            "admission.max-waiting-calls", "1");
    try (TestServer server = TestServer.with(embedder, one)) {
      CompletableFuture<Void> held = embedder.holdAnswers();
      AdvantageServiceGrpc.AdvantageServiceFutureStub stub =
          AdvantageServiceGrpc.newFutureStub(server.channel());
      ListenableFuture<ComputeAdvantagesResponse> first = stub.computeAdvantages(large("a"));
      Await.until(() -> !embedder.calls().isEmpty());
      ListenableFuture<ComputeAdvantagesResponse> second = stub.computeAdvantages(large("b"));
      Await.until(() -> server.instance(AdmissionBudgets.class).waitingCalls() == 1);

      assertThatThrownBy(() -> stub.computeAdvantages(large("c")).get())
          .cause()
          .isInstanceOfSatisfying(
              StatusRuntimeException.class,
              refused ->
                  assertThat(
                          Long.parseLong(
                              refused
                                  .getTrailers()
                                  .get(
                                      Metadata.Key.of(
                                          "grpc-retry-pushback-ms",
                                          Metadata.ASCII_STRING_MARSHALLER))))
                      .isBetween(100L, 30_000L));
      MeterRegistry meters = server.instance(MeterRegistry.class);
      assertThat(meters.get("gcpo_shed_total").tag("reason", "waiting_calls").counter().count())
          .isEqualTo(1);
      assertThat(
              meters.get("gcpo_near_limit_total").tag("limit", "waiting_calls").counter().count())
          .isEqualTo(1);
      held.complete(null);
      first.get(60, TimeUnit.SECONDS);
      second.get(60, TimeUnit.SECONDS);
    }
  }

  private static AdvantageServiceGrpc.AdvantageServiceFutureStub declaring(
      TestServer server, long bytes) {
    Metadata headers = new Metadata();
    headers.put(AdmissionInterceptor.REQUEST_BYTES, bytes);
    return AdvantageServiceGrpc.newFutureStub(server.channel())
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  /** More than half of the 64 KiB that a message may have. */
  private static ComputeAdvantagesRequest large(String id) {
    return request(group(id, rollout(id + "x".repeat(40_000), 1), rollout(id + "y", 0)));
  }

  /** How many answers a stream had, once it has ended. */
  private static final class AnswerCount implements StreamObserver<StreamAdvantagesResponse> {
    private final CompletableFuture<Integer> end;
    private int answers;

    AnswerCount(CompletableFuture<Integer> end) {
      this.end = end;
    }

    @Override
    public void onNext(StreamAdvantagesResponse response) {
      answers++;
    }

    @Override
    public void onError(Throwable failure) {
      end.completeExceptionally(failure);
    }

    @Override
    public void onCompleted() {
      end.complete(answers);
    }
  }

  private static void awaitNothingHeld(TestServer server) {
    AdmissionBudgets budget = server.instance(AdmissionBudgets.class);
    Await.until(() -> budget.held() == 0 && budget.waitingCalls() == 0);
  }
}
