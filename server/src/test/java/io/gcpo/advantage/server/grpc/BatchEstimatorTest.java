// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import static io.gcpo.advantage.server.grpc.Refusals.violations;
import static io.gcpo.advantage.server.testing.Groups.group;
import static io.gcpo.advantage.server.testing.Groups.request;
import static io.gcpo.advantage.server.testing.Groups.rollout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.server.testing.FakeEmbedder;
import io.gcpo.advantage.v1.AdvantageConfig;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.gcpo.advantage.v1.Estimator;
import io.gcpo.advantage.v1.GroupResult;
import io.gcpo.advantage.v1.Rollout;
import io.gcpo.advantage.v1.RolloutGroup;
import io.gcpo.advantage.v1.Weighting;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Estimators that normalise over the request, over a real port. */
final class BatchEstimatorTest {
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
  void wholeRequest_isOneBatch() {
    ComputeAdvantagesResponse response =
        compute(group("all right", bare(1), bare(1)), group("all wrong", bare(0), bare(0)));

    // Rewards 1 1 0 0: mean 1/2, sample variance 1/3.
    double expected = 0.5 / Math.sqrt(1 / 3.0 + 1e-8);
    assertThat(advantage(response, 0, 0)).isCloseTo(expected, within(1e-12));
    assertThat(advantage(response, 1, 1)).isCloseTo(-expected, within(1e-12));
    for (GroupResult result : response.getResultsList()) {
      assertThat(result.getAdvantages().getBatchGroups()).isEqualTo(2);
      assertThat(result.getAdvantages().getKeep()).isTrue();
      assertThat(result.getAdvantages().hasDiversity()).isFalse();
    }
  }

  @Test
  void refusedGroup_isNotPartOfTheBatch() {
    ComputeAdvantagesResponse response =
        compute(group("a", bare(1), bare(0)), group("bad", bare(Double.NaN)), group("b", bare(0)));

    assertThat(response.getResults(1).hasError()).isTrue();
    assertThat(response.getResults(2).getAdvantages().getBatchGroups()).isEqualTo(2);
    assertThat(advantage(response, 0, 0)).isCloseTo(2 / Math.sqrt(3 + 9e-8), within(1e-8));
  }

  @Test
  void orderOfGroups_changesNoBit() {
    Random random = new Random(7);
    RolloutGroup[] groups = new RolloutGroup[40];
    RolloutGroup[] backwards = new RolloutGroup[groups.length];
    for (int i = 0; i < groups.length; i++) {
      RolloutGroup.Builder group = RolloutGroup.newBuilder().setGroupId("g" + i);
      for (int j = 0; j <= i % 5; j++) {
        group.addRollouts(bare(random.nextGaussian()));
      }
      groups[i] = group.build();
      backwards[groups.length - 1 - i] = groups[i];
    }

    ComputeAdvantagesResponse forward = compute(groups);
    ComputeAdvantagesResponse reverse = compute(backwards);

    for (int i = 0; i < groups.length; i++) {
      assertThat(forward.getResults(i)).isEqualTo(reverse.getResults(groups.length - 1 - i));
    }
  }

  @Test
  void missingTokens_areRefusedByTheirPaths() {
    ComputeAdvantagesRequest request =
        request(group("a", bare(1), bare(0).toBuilder().setGeneratedTokens(0).build())).toBuilder()
            .setConfig(config().setWeighting(Weighting.WEIGHTING_TOKENS))
            .build();

    assertThat(violations(server.client().compute(request).getResults(0).getError()))
        .containsExactly(
            "groups[0].rollouts[0].generated_tokens:"
                + " absent (expected: >= 1, for REINFORCE_PLUS_PLUS)",
            "groups[0].rollouts[1].generated_tokens:"
                + " 0 (expected: >= 1, for REINFORCE_PLUS_PLUS)");
  }

  @Test
  void missingGreedyReward_isRefused() {
    assertThat(refusal(Estimator.ESTIMATOR_REMAX, group("a", rollout("x", 1))))
        .containsExactly("groups[0].greedy_reward: absent (expected: given, for REMAX)");
  }

  @Test
  void missingOrUnequalComponents_areRefused() {
    Rollout both =
        bare(1).toBuilder().putRewardComponents("a", 1).putRewardComponents("b", 0).build();
    Rollout one = bare(1).toBuilder().putRewardComponents("a", 1).build();
    assertThat(refusal(Estimator.ESTIMATOR_GDPO, group("a", both, one, bare(0))))
        .containsExactly(
            "groups[0].rollouts[1].reward_components: [a] (expected: [a, b] as in the first)",
            "groups[0].rollouts[2].reward_components: empty (expected: at least one, for GDPO)");
    Rollout infinite = one.toBuilder().putRewardComponents("a", Double.NaN).build();
    assertThat(refusal(Estimator.ESTIMATOR_GDPO, group("a", infinite)))
        .containsExactly("groups[0].rollouts[0].reward_components.a: NaN (expected: finite)");
  }

  private static List<String> refusal(Estimator estimator, RolloutGroup group) {
    ComputeAdvantagesRequest request =
        request(group).toBuilder()
            .setConfig(AdvantageConfig.newBuilder().setEstimator(estimator))
            .build();
    return violations(server.client().compute(request).getResults(0).getError());
  }

  /** A rollout without text: the estimator looks at its reward only. */
  private static Rollout bare(double reward) {
    return Rollout.newBuilder().setReward(reward).build();
  }

  private static AdvantageConfig.Builder config() {
    return AdvantageConfig.newBuilder()
        .setEstimator(Estimator.ESTIMATOR_REINFORCE_PLUS_PLUS)
        .setWeighting(Weighting.WEIGHTING_ROLLOUTS);
  }

  private static ComputeAdvantagesResponse compute(RolloutGroup... groups) {
    return server.client().compute(request(groups).toBuilder().setConfig(config()).build());
  }

  private static double advantage(ComputeAdvantagesResponse response, int group, int rollout) {
    return response.getResults(group).getAdvantages().getRollouts(rollout).getAdvantage();
  }
}
