// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.Duration;
import com.google.rpc.Code;
import com.google.rpc.RetryInfo;
import io.gcpo.advantage.v1.AdvantageConfig;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.gcpo.advantage.v1.Estimator;
import io.gcpo.advantage.v1.EstimatorInfo;
import io.gcpo.advantage.v1.GroupResult;
import io.gcpo.advantage.v1.Limits;
import io.gcpo.advantage.v1.RolloutGroup;
import io.grpc.Status;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Groups that failed for the moment are sent again, alone where they may be. */
@Timeout(60)
class LostGroupsTest {
  private static final Estimator WHOLE = Estimator.ESTIMATOR_REINFORCE_PLUS_PLUS_BASELINE;
  private final Map<String, Integer> losses = new ConcurrentHashMap<>();
  private FakeServer server;
  private AdvantageClient client;

  @BeforeEach
  void start() throws IOException {
    server = new FakeServer();
    server.service.distortion = answer -> losing(answer, Code.UNAVAILABLE);
    client = AdvantageClient.connect(server.options().retryPolicy(Failures.HASTY).build());
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void lostGroups_areSentAgainAloneUnderIdsOfTheirOwn() {
    losses.put("g1", 2);
    losses.put("g3", 1);

    ComputeAdvantagesResponse answer = client.compute(groups(4));

    assertThat(answer.getRequestId()).isEqualTo("r");
    assertThat(answer.getResultsList()).isEqualTo(Answers.to(groups(4)).getResultsList());
    assertThat(sent()).containsExactly(ids(0, 1, 2, 3), ids(1, 3), ids(1));
    assertThat(server.service.computed)
        .extracting(ComputeAdvantagesRequest::getRequestId)
        .containsExactly("r", "r.again-1", "r.again-2");
  }

  @Test
  void lostGroups_ofSeveralParts_travelTogether() {
    server.info.limit(Limits.newBuilder().setMaxGroupsPerRequest(2));
    losses.put("g1", 1);
    losses.put("g2", 1);

    assertThat(client.compute(groups(4)).getResultsList())
        .isEqualTo(Answers.to(groups(4)).getResultsList());
    assertThat(sent()).contains(ids(0, 1), ids(2, 3)).hasSize(3).last().isEqualTo(ids(1, 2));
  }

  @Test
  void lostGroups_ofHashes_areSentAgainWithTheirTexts() throws Exception {
    losses.put("g1", 1);

    ComputeAdvantagesResponse answer =
        client.computePrefetched(groups(2)).get(10, TimeUnit.SECONDS);

    assertThat(answer.getResultsList()).isEqualTo(Answers.to(groups(2)).getResultsList());
    assertThat(server.service.computed)
        .last()
        .isEqualTo(groups(2).toBuilder().setRequestId("r.again-1").removeGroups(0).build());
  }

  @Test
  void lostGroup_ofAnEstimatorOverAllGroups_isSentAgainWithAll() {
    server.info.info =
        server.info.info.toBuilder()
            .addEstimators(EstimatorInfo.newBuilder().setEstimator(WHOLE).setBatchLevel(true))
            .build();
    losses.put("g1", 1);
    ComputeAdvantagesRequest request =
        groups(3).toBuilder().setConfig(AdvantageConfig.newBuilder().setEstimator(WHOLE)).build();

    client.compute(request);

    assertThat(sent()).containsExactly(ids(0, 1, 2), ids(0, 1, 2));
  }

  @Test
  void lostGroup_ofABatchThatOnlyTheResultsTellOf_isSentAgainWithAll() {
    losses.put("g1", 1);
    server.service.distortion =
        answer -> {
          ComputeAdvantagesResponse.Builder batch = losing(answer, Code.UNAVAILABLE).toBuilder();
          for (GroupResult.Builder result : batch.getResultsBuilderList()) {
            if (result.hasAdvantages()) {
              result.getAdvantagesBuilder().setBatchGroups(2);
            }
          }
          return batch.build();
        };

    client.compute(groups(3));

    assertThat(sent()).containsExactly(ids(0, 1, 2), ids(0, 1, 2));
  }

  @ParameterizedTest
  @EnumSource(names = {"INTERNAL", "INVALID_ARGUMENT", "RESOURCE_EXHAUSTED"})
  void otherFailuresOfGroups_stand(Code code) {
    losses.put("g1", 1);
    server.service.distortion = answer -> losing(answer, code);

    assertThat(client.compute(groups(2)).getResults(1).getError().getCode())
        .isEqualTo(code.getNumber());
    assertThat(server.service.computed).hasSize(1);
  }

  @Test
  void attempts_areBounded() {
    losses.put("g1", 99);
    try (AdvantageClient impatient =
        AdvantageClient.connect(
            server.options().retryPolicy(Failures.HASTY.withMaxAttempts(2)).build())) {
      ComputeAdvantagesResponse answer = impatient.compute(groups(2));

      assertThat(answer.getResults(0).hasAdvantages()).isTrue();
      assertThat(LostGroups.isLost(answer.getResults(1))).isTrue();
    }
    assertThat(sent()).containsExactly(ids(0, 1), ids(1));
  }

  @Test
  void wait_thatWouldOutlastTheDeadline_isNotBegun() {
    losses.put("g1", 99);
    server.service.distortion = answer -> losing(answer, Code.UNAVAILABLE, 100);

    assertThat(LostGroups.isLost(client.compute(groups(2)).getResults(1))).isTrue();
    assertThat(server.service.computed).hasSize(1);
  }

  @Test
  void goodGroups_outliveAServerThatGoesAway() {
    losses.put("g1", 1);
    server.service.distortion =
        answer -> {
          ComputeAdvantagesResponse lost = losing(answer, Code.UNAVAILABLE);
          if (answer.getResultsCount() == 1) {
            server.service.failures.add(Status.UNAVAILABLE.asRuntimeException());
          }
          return lost;
        };
    try (AdvantageClient impatient =
        AdvantageClient.connect(
            server.options().retryPolicy(Failures.HASTY.withMaxAttempts(2)).build())) {
      ComputeAdvantagesResponse answer = impatient.compute(groups(2));

      assertThat(answer.getResults(0).hasAdvantages()).isTrue();
      assertThat(LostGroups.isLost(answer.getResults(1))).isTrue();
    }
    assertThat(sent()).containsExactly(ids(0, 1), ids(1), ids(1));
  }

  @Test
  void goodGroups_outliveARepeatThatFailsOtherwise() {
    losses.put("g1", 1);
    server.service.answers =
        request -> {
          if (request.getGroupsCount() == 1) {
            server.service.failures.add(Status.INTERNAL.asRuntimeException());
          }
          return Answers.to(request);
        };

    ComputeAdvantagesResponse answer = client.compute(groups(2));

    assertThat(answer.getResults(0).hasAdvantages()).isTrue();
    assertThat(LostGroups.isLost(answer.getResults(1))).isTrue();
    assertThat(sent()).containsExactly(ids(0, 1), ids(1));
  }

  private List<List<String>> sent() {
    return server.service.computed.stream()
        .map(request -> request.getGroupsList().stream().map(RolloutGroup::getGroupId).toList())
        .toList();
  }

  private ComputeAdvantagesResponse losing(ComputeAdvantagesResponse answer, Code code) {
    return losing(answer, code, 0);
  }

  private ComputeAdvantagesResponse losing(
      ComputeAdvantagesResponse answer, Code code, int retryAfterSeconds) {
    ComputeAdvantagesResponse.Builder losing = answer.toBuilder();
    for (GroupResult.Builder result : losing.getResultsBuilderList()) {
      if (losses.merge(result.getGroupId(), -1, Integer::sum) >= 0) {
        RetryInfo retry =
            RetryInfo.newBuilder()
                .setRetryDelay(Duration.newBuilder().setSeconds(retryAfterSeconds))
                .build();
        result.setError(
            com.google.rpc.Status.newBuilder()
                .setCode(code.getNumber())
                .setMessage("lost")
                .addDetails(Any.pack(retry)));
      }
    }
    return losing.build();
  }

  private static List<String> ids(Integer... numbers) {
    return List.of(numbers).stream().map(i -> "g" + i).toList();
  }

  private static ComputeAdvantagesRequest groups(int n) {
    List<RolloutGroup> groups =
        IntStream.range(0, n).mapToObj(i -> Answers.group("g" + i, "text", "t" + i)).toList();
    return ComputeAdvantagesRequest.newBuilder().setRequestId("r").addAllGroups(groups).build();
  }
}
