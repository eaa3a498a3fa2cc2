// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import static io.gcpo.advantage.server.testing.Groups.request;
import static io.gcpo.advantage.server.testing.Groups.sound;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.google.rpc.Code;
import com.google.rpc.Status;
import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.server.grpc.twins.TwinCalls;
import io.gcpo.advantage.server.metrics.catalog.RequestMetrics;
import io.gcpo.advantage.server.testing.Await;
import io.gcpo.advantage.server.testing.FakeEmbedder;
import io.gcpo.advantage.v1.AdvantageServiceGrpc;
import io.gcpo.advantage.v1.AdvantageServiceGrpc.AdvantageServiceFutureStub;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.gcpo.advantage.v1.EmbedTextsRequest;
import io.gcpo.advantage.v1.EmbedTextsResponse;
import io.grpc.protobuf.StatusProto;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Calls with the id of one that is in flight. */
@Timeout(120)
class TwinCallsPortTest {
  private static final ComputeAdvantagesRequest QUESTION =
      request(sound("a")).toBuilder().setRequestId("step-1").build();

  private final FakeEmbedder embedder = new FakeEmbedder();
  private final TestServer server = TestServer.with(embedder, Map.of());
  private final CompletableFuture<Void> held = embedder.holdAnswers();

  @AfterEach
  void nothingStays() {
    held.complete(null);
    Await.until(() -> server.instance(TwinCalls.class).size() == 0);
    server.close();
  }

  @Test
  void sameContent_isComputedOnce_bothHaveTheAnswer() throws Exception {
    ListenableFuture<ComputeAdvantagesResponse> first = inWork(QUESTION);
    ListenableFuture<ComputeAdvantagesResponse> second = stub().computeAdvantages(QUESTION);
    awaitJoined(1);

    held.complete(null);

    assertThat(first.get(60, TimeUnit.SECONDS)).isEqualTo(second.get(60, TimeUnit.SECONDS));
    assertThat(embedder.calls()).hasSize(1);
  }

  @Test
  void embedTexts_joinsAsWell() throws Exception {
    EmbedTextsRequest question =
        EmbedTextsRequest.newBuilder().setRequestId("step-1").addTexts("right").build();
    ListenableFuture<EmbedTextsResponse> first = stub().embedTexts(question);
    Await.until(() -> embedder.calls().size() == 1);
    ListenableFuture<EmbedTextsResponse> second = stub().embedTexts(question);
    awaitJoined(1);

    held.complete(null);

    assertThat(first.get(60, TimeUnit.SECONDS)).isEqualTo(second.get(60, TimeUnit.SECONDS));
    assertThat(embedder.calls()).hasSize(1);
  }

  @Test
  void otherMethod_isNoTwin() throws Exception {
    ListenableFuture<ComputeAdvantagesResponse> first = inWork(QUESTION);

    ListenableFuture<EmbedTextsResponse> second =
        stub()
            .embedTexts(
                EmbedTextsRequest.newBuilder().setRequestId("step-1").addTexts("right").build());
    Await.until(() -> embedder.calls().size() == 2);
    held.complete(null);

    assertThat(second.get(60, TimeUnit.SECONDS).getTokensList()).hasSize(1);
    assertThat(first.get(60, TimeUnit.SECONDS).getResults(0).hasAdvantages()).isTrue();
  }

  @Test
  void otherContent_isRefused_theFirstIsAnswered() throws Exception {
    ListenableFuture<ComputeAdvantagesResponse> first = inWork(QUESTION);

    assertReused(QUESTION.toBuilder().addGroups(sound("b")).build());
    held.complete(null);

    assertThat(first.get(60, TimeUnit.SECONDS).getResultsCount()).isEqualTo(1);
  }

  @Test
  void contentIsAllThatWasSent() {
    inWork(QUESTION);

    assertReused(
        QUESTION.toBuilder()
            .setUnknownFields(
                UnknownFieldSet.newBuilder()
                    .addField(
                        1_000,
                        UnknownFieldSet.Field.newBuilder()
                            .addLengthDelimited(ByteString.copyFromUtf8("of a later version"))
                            .build())
                    .build())
            .build());
  }

  @Test
  void twinThatGoes_leavesTheOtherItsAnswer() throws Exception {
    ListenableFuture<ComputeAdvantagesResponse> first = inWork(QUESTION);
    ListenableFuture<ComputeAdvantagesResponse> second = stub().computeAdvantages(QUESTION);
    awaitJoined(1);

    first.cancel(true);
    awaitOpenCalls(1);

    assertThat(embedder.signals().get(0).isCancelled()).isFalse();
    held.complete(null);
    assertThat(second.get(60, TimeUnit.SECONDS).getResults(0).hasAdvantages()).isTrue();
  }

  @Test
  void twinWhoseTimeIsUp_leavesTheOtherItsAnswer() throws Exception {
    ListenableFuture<ComputeAdvantagesResponse> first = inWork(QUESTION);
    ListenableFuture<ComputeAdvantagesResponse> second =
        stub().withDeadlineAfter(300, TimeUnit.MILLISECONDS).computeAdvantages(QUESTION);
    awaitJoined(1);

    assertThatThrownBy(() -> second.get(60, TimeUnit.SECONDS))
        .hasMessageContaining("DEADLINE_EXCEEDED");
    assertThat(embedder.signals().get(0).isCancelled()).isFalse();
    held.complete(null);

    assertThat(first.get(60, TimeUnit.SECONDS).getResults(0).hasAdvantages()).isTrue();
  }

  @Test
  void bothGone_workEnds_andTheIdIsFree() throws Exception {
    ListenableFuture<ComputeAdvantagesResponse> first = inWork(QUESTION);
    ListenableFuture<ComputeAdvantagesResponse> second = stub().computeAdvantages(QUESTION);
    awaitJoined(1);

    first.cancel(true);
    second.cancel(true);
    Await.until(() -> embedder.signals().get(0).isCancelled());
    ListenableFuture<ComputeAdvantagesResponse> other =
        stub().computeAdvantages(QUESTION.toBuilder().addGroups(sound("b")).build());
    Await.until(() -> embedder.calls().size() == 2);
    held.complete(null);

    assertThat(other.get(60, TimeUnit.SECONDS).getResultsCount()).isEqualTo(2);
  }

  @CanIgnoreReturnValue
  private ListenableFuture<ComputeAdvantagesResponse> inWork(ComputeAdvantagesRequest question) {
    ListenableFuture<ComputeAdvantagesResponse> call = stub().computeAdvantages(question);
    Await.until(() -> embedder.calls().size() == 1);
    return call;
  }

  private AdvantageServiceFutureStub stub() {
    return AdvantageServiceGrpc.newFutureStub(server.channel());
  }

  private void assertReused(ComputeAdvantagesRequest other) {
    assertThatThrownBy(() -> stub().computeAdvantages(other).get(60, TimeUnit.SECONDS))
        .isInstanceOfSatisfying(
            ExecutionException.class,
            refused -> {
              Status status = StatusProto.fromThrowable(refused.getCause());
              assertThat(status.getCode()).isEqualTo(Code.FAILED_PRECONDITION.getNumber());
              assertThat(Refusals.reason(status)).isEqualTo("REQUEST_ID_REUSED");
              assertThat(status.getMessage()).contains("request_id: step-1 is in flight");
            });
  }

  private void awaitJoined(int calls) {
    MeterRegistry registry = server.instance(MeterRegistry.class);
    Await.until(() -> registry.get(RequestMetrics.JOINED.name()).counter().count() == calls);
  }

  private void awaitOpenCalls(int calls) {
    MeterRegistry registry = server.instance(MeterRegistry.class);
    Await.until(
        () ->
            registry
                    .get(RequestMetrics.OPEN.name())
                    .tag(
                        "method",
                        AdvantageServiceGrpc.getComputeAdvantagesMethod().getFullMethodName())
                    .gauge()
                    .value()
                == calls);
  }
}
