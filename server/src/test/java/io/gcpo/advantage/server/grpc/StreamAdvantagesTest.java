// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import static io.gcpo.advantage.server.testing.Groups.group;
import static io.gcpo.advantage.server.testing.Groups.rollout;
import static io.gcpo.advantage.server.testing.Groups.sound;
import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.server.testing.FakeEmbedder;
import io.gcpo.advantage.v1.AdvantageConfig;
import io.gcpo.advantage.v1.AdvantageServiceGrpc;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.Estimator;
import io.gcpo.advantage.v1.GroupResult;
import io.gcpo.advantage.v1.RolloutGroup;
import io.gcpo.advantage.v1.StreamAdvantagesRequest;
import io.gcpo.advantage.v1.StreamAdvantagesResponse;
import io.gcpo.advantage.v1.StreamHeader;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class StreamAdvantagesTest {
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.with(new FakeEmbedder(), Map.of());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void everyGroup_isAnsweredOnceAsTheUnaryCallAnswersIt() throws Exception {
    List<StreamAdvantagesRequest> messages = new ArrayList<>(List.of(header()));
    ComputeAdvantagesRequest.Builder unary = ComputeAdvantagesRequest.newBuilder();
    for (int i = 0; i < 300; i++) {
      RolloutGroup group = group("g" + i, rollout("a" + i, 1), rollout("b" + i, i % 2));
      messages.add(message(group));
      unary.addGroups(group);
    }

    List<GroupResult> streamed = stream(messages).get(30, TimeUnit.SECONDS);

    assertThat(streamed)
        .containsExactlyInAnyOrderElementsOf(
            server.client().compute(unary.build()).getResultsList());
  }

  @Test
  void badGroup_isDataAndDoesNotEndTheStream() throws Exception {
    List<GroupResult> results =
        stream(
                List.of(
                    header(),
                    message(sound("a")),
                    message(group("bad")),
                    message(sound("a")),
                    message(sound("c"))))
            .get(30, TimeUnit.SECONDS);

    assertThat(results).hasSize(4);
    assertThat(results)
        .filteredOn(GroupResult::hasError)
        .extracting(result -> result.getError().getMessage())
        .containsExactlyInAnyOrder(
            "group.rollouts: empty (expected: at least one)",
            "group.group_id: sent before (expected: unique in the stream)");
  }

  @Test
  void groupIdOverItsLimit_isRefusedEachTime() throws Exception {
    StreamAdvantagesRequest bad = message(sound("x".repeat(257)));

    List<GroupResult> results = stream(List.of(header(), bad, bad)).get(30, TimeUnit.SECONDS);

    assertThat(results)
        .extracting(result -> result.getError().getMessage())
        .containsOnly("group.group_id: 257 characters (expected: <= 256)");
  }

  @Test
  void headerHolds_forEveryGroup() throws Exception {
    StreamAdvantagesRequest grpo =
        StreamAdvantagesRequest.newBuilder()
            .setHeader(
                StreamHeader.newBuilder()
                    .setConfig(AdvantageConfig.newBuilder().setEstimator(Estimator.ESTIMATOR_GRPO)))
            .build();

    List<GroupResult> results =
        stream(List.of(grpo, message(sound("a")))).get(30, TimeUnit.SECONDS);

    assertThat(results.get(0).getAdvantages().getConfig().getEstimator())
        .isEqualTo(Estimator.ESTIMATOR_GRPO);
  }

  @Test
  void estimatorOfWholeRequests_isRefused() throws Exception {
    AdvantageConfig batch =
        AdvantageConfig.newBuilder().setEstimator(Estimator.ESTIMATOR_GPG).build();
    String refusal =
        "GPG (expected: an estimator of single groups, as this one normalises over a request)";
    StreamAdvantagesRequest header =
        StreamAdvantagesRequest.newBuilder()
            .setHeader(StreamHeader.newBuilder().setConfig(batch))
            .build();
    assertThat(stream(List.of(header)))
        .failsWithin(30, TimeUnit.SECONDS)
        .withThrowableThat()
        .havingRootCause()
        .withMessage("INVALID_ARGUMENT: header.config.estimator: " + refusal);

    RolloutGroup group = sound("a").toBuilder().setConfig(batch).build();
    assertThat(stream(List.of(header(), message(group))).get(30, TimeUnit.SECONDS))
        .extracting(result -> result.getError().getMessage())
        .containsExactly("group.config.estimator: " + refusal);
  }

  @Test
  void groupBeforeTheHeader_endsTheStream() {
    assertThat(stream(List.of(message(sound("a")))))
        .failsWithin(30, TimeUnit.SECONDS)
        .withThrowableThat()
        .havingRootCause()
        .withMessage("INVALID_ARGUMENT: payload: group (expected: the header first)");
  }

  @Test
  void headerWithABadValue_endsTheStream() {
    StreamAdvantagesRequest bad =
        StreamAdvantagesRequest.newBuilder()
            .setHeader(
                StreamHeader.newBuilder().setConfig(AdvantageConfig.newBuilder().setAlpha(-1)))
            .build();

    assertThat(stream(List.of(bad, message(sound("a")))))
        .failsWithin(30, TimeUnit.SECONDS)
        .withThrowableThat()
        .havingRootCause()
        .satisfies(
            failure ->
                assertThat(Status.fromThrowable(failure).getDescription())
                    .isEqualTo("header.config.alpha: -1.0 (expected: in (0, 1000000])"));
  }

  private static StreamAdvantagesRequest header() {
    return StreamAdvantagesRequest.newBuilder()
        .setHeader(StreamHeader.getDefaultInstance())
        .build();
  }

  private static StreamAdvantagesRequest message(RolloutGroup group) {
    return StreamAdvantagesRequest.newBuilder().setGroup(group).build();
  }

  private static CompletableFuture<List<GroupResult>> stream(
      List<StreamAdvantagesRequest> messages) {
    CompletableFuture<List<GroupResult>> end = new CompletableFuture<>();
    List<GroupResult> results = new ArrayList<>();
    StreamObserver<StreamAdvantagesRequest> requests =
        AdvantageServiceGrpc.newStub(server.channel())
            .streamAdvantages(
                new StreamObserver<StreamAdvantagesResponse>() {
                  @Override
                  public void onNext(StreamAdvantagesResponse response) {
                    results.add(response.getResult());
                  }

                  @Override
                  public void onError(Throwable failure) {
                    end.completeExceptionally(failure);
                  }

                  @Override
                  public void onCompleted() {
                    end.complete(results);
                  }
                });
    messages.forEach(requests::onNext);
    requests.onCompleted();
    return end;
  }
}
