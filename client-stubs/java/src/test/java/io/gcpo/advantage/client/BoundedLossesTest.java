// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.Code;
import com.google.rpc.Status;
import io.gcpo.advantage.v1.AdvantageConfig;
import io.gcpo.advantage.v1.AnswerOrigin;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.gcpo.advantage.v1.Estimator;
import io.gcpo.advantage.v1.EstimatorInfo;
import io.gcpo.advantage.v1.GroupResult;
import io.gcpo.advantage.v1.Limits;
import io.gcpo.advantage.v1.RolloutGroup;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A group that the model is lost on again and again ends alone; one without room does not. */
@Timeout(60)
class BoundedLossesTest {
  private static final Estimator WHOLE = Estimator.ESTIMATOR_REINFORCE_PLUS_PLUS_BASELINE;

  /** How each group fails, and how often. */
  private final Map<String, Status> errors = new ConcurrentHashMap<>();

  private final Map<String, Integer> times = new ConcurrentHashMap<>();
  private FakeServer server;
  private AdvantageClient client;

  @BeforeEach
  void start() throws IOException {
    server = new FakeServer();
    server.info.info =
        server.info.info.toBuilder()
            .addEstimators(EstimatorInfo.newBuilder().setEstimator(WHOLE).setBatchLevel(true))
            .build();
    server.service.distortion = this::failing;
    client = AdvantageClient.connect(server.options().retryPolicy(Failures.HASTY).build());
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"WORKER_RESTARTING", "DEVICE_OOM", "HEARD_OF_BY_NO_CLIENT", ""})
  void groupThatTheModelIsAlwaysLostOn_isSentThreeTimes(String reason) {
    fails("g1", Code.UNAVAILABLE, reason, 99);

    ComputeAdvantagesResponse answer = client.compute(groups(3));

    assertThat(sent()).containsExactly(ids(0, 1, 2), ids(1), ids(1));
    assertThat(answer.getResults(0).hasAdvantages()).isTrue();
    assertThat(answer.getResults(1).getError()).isEqualTo(errors.get("g1"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"QUEUE_FULL", "DRAINING"})
  void groupThatThereIsNoRoomFor_isSentUntilThereIs(String reason) {
    fails("g1", Code.UNAVAILABLE, reason, 6);

    assertThat(client.compute(groups(2)).getResultsList())
        .isEqualTo(Answers.to(groups(2)).getResultsList());
    assertThat(sent()).hasSize(7).last().isEqualTo(ids(1));
  }

  @Test
  void otherGroups_goOnWithoutOneThatWasLostTooOften() {
    fails("g1", Code.UNAVAILABLE, "DEVICE_OOM", 99);
    fails("g2", Code.UNAVAILABLE, "QUEUE_FULL", 4);

    ComputeAdvantagesResponse answer = client.compute(groups(3));

    assertThat(sent()).containsExactly(ids(0, 1, 2), ids(1, 2), ids(1, 2), ids(2), ids(2));
    assertThat(answer.getResultsList())
        .extracting(GroupResult::hasAdvantages)
        .containsExactly(true, false, true);
  }

  @Test
  void groupsNormalisedTogether_goOnWithoutOneThatWasLostTooOften() {
    fails("g1", Code.UNAVAILABLE, "DEVICE_OOM", 99);
    fails("g2", Code.UNAVAILABLE, "QUEUE_FULL", 4);

    ComputeAdvantagesResponse answer = client.compute(together(groups(3)));

    assertThat(sent())
        .containsExactly(ids(0, 1, 2), ids(0, 1, 2), ids(0, 1, 2), ids(0, 2), ids(0, 2));
    assertThat(answer.getResultsList())
        .extracting(GroupResult::hasAdvantages)
        .containsExactly(true, false, true);
  }

  @Test
  void lossesOfHashes_count() throws Exception {
    fails("g0", Code.FAILED_PRECONDITION, "CONTENT_NOT_FOUND", 1);
    fails("g1", Code.UNAVAILABLE, "DEVICE_OOM", 99);

    client.computePrefetched(together(groups(2))).get(10, TimeUnit.SECONDS);

    assertThat(sent()).containsExactly(ids(0, 1), ids(0, 1), ids(0, 1));
  }

  @Test
  void policyWithoutRepeats_holdsThoughPartsOfAnotherServerAreAskedForAgain() {
    server.info.limit(Limits.newBuilder().setMaxGroupsPerRequest(2));
    fails("g3", Code.UNAVAILABLE, "DEVICE_OOM", 1);
    AtomicBoolean old = new AtomicBoolean(true);
    server.service.distortion =
        answer -> {
          boolean first = answer.getResults(0).getGroupId().equals("g0");
          String version = first && old.getAndSet(false) ? "old" : "new";
          return failing(answer).toBuilder()
              .setOrigin(AnswerOrigin.newBuilder().setServerVersion(version))
              .build();
        };

    try (AdvantageClient once =
        AdvantageClient.connect(server.options().retryPolicy(RetryPolicy.NONE).build())) {
      assertThat(once.compute(groups(4)).getResults(3).hasError()).isTrue();
    }
    assertThat(sent()).containsExactlyInAnyOrder(ids(0, 1), ids(0, 1), ids(2, 3));
  }

  private void fails(String group, Code code, String reason, int often) {
    errors.put(group, Failures.ofGroup(code, reason, 0));
    times.put(group, often);
  }

  private ComputeAdvantagesResponse failing(ComputeAdvantagesResponse answer) {
    ComputeAdvantagesResponse.Builder failing = answer.toBuilder();
    for (GroupResult.Builder result : failing.getResultsBuilderList()) {
      if (times.merge(result.getGroupId(), -1, Integer::sum) >= 0) {
        result.setError(Objects.requireNonNull(errors.get(result.getGroupId())));
      }
    }
    return failing.build();
  }

  private List<List<String>> sent() {
    return server.service.computed.stream()
        .map(request -> request.getGroupsList().stream().map(RolloutGroup::getGroupId).toList())
        .toList();
  }

  private static List<String> ids(Integer... numbers) {
    return List.of(numbers).stream().map(i -> "g" + i).toList();
  }

  private static ComputeAdvantagesRequest together(ComputeAdvantagesRequest request) {
    return request.toBuilder().setConfig(AdvantageConfig.newBuilder().setEstimator(WHOLE)).build();
  }

  private static ComputeAdvantagesRequest groups(int n) {
    List<RolloutGroup> groups =
        IntStream.range(0, n).mapToObj(i -> Answers.group("g" + i, "text", "t" + i)).toList();
    return ComputeAdvantagesRequest.newBuilder().setRequestId("r").addAllGroups(groups).build();
  }
}
