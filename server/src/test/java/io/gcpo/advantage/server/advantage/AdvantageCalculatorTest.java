// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage;

import static io.gcpo.advantage.server.testing.Advantages.advantages;
import static io.gcpo.advantage.server.testing.Computed.choice;
import static io.gcpo.advantage.server.testing.Computed.compute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gcpo.advantage.server.advantage.RolloutAdvantage.Credit;
import io.gcpo.advantage.server.advantage.RolloutAdvantage.Neighbour;
import io.gcpo.advantage.server.advantage.estimator.EstimatorChoice;
import io.gcpo.advantage.server.advantage.estimator.TeamCredit;
import io.gcpo.advantage.server.advantage.group.RolloutScore;
import io.gcpo.advantage.server.advantage.group.ScoredGroup;
import io.gcpo.advantage.server.diversity.credit.CreditMethod;
import io.gcpo.advantage.server.diversity.metrics.DiversityChoice;
import io.gcpo.advantage.server.diversity.metrics.DiversityMeter;
import io.gcpo.advantage.server.diversity.metrics.RolloutSet;
import io.gcpo.advantage.server.linalg.FloatMatrix;
import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import io.gcpo.advantage.server.testing.Computed;
import io.gcpo.advantage.server.testing.RandomGroups;
import io.gcpo.advantage.server.testing.SampleGroup;
import io.gcpo.advantage.server.testing.WorkedExamples;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class AdvantageCalculatorTest {
  private static final SampleGroup A = WorkedExamples.A;

  private final EstimatorChoice cooperative = choice("GCPO_COOPERATIVE");
  private final EstimatorChoice grpo = choice("GRPO");

  @Test
  void compute_ordinaryGroup_isOkAndCentered() {
    GroupAdvantages group = compute(A.scored(), cooperative, true);
    assertThat(group.signal()).isEqualTo(GroupSignal.OK);
    assertThat(group.centered()).isTrue();
    assertThat(group.rollouts()).allMatch(RolloutAdvantage::included);
    assertThat(group.rewards()).isEqualTo(new RewardStatistics(4, 3, 0.75, 0.5, 0, 1));
  }

  @Test
  void compute_excludedRollout_changesNoAdvantageAndGetsZero() {
    ScoredGroup partly = A.scored(i -> i != 0);
    GroupAdvantages group = compute(partly, cooperative, true);
    GroupAdvantages without = compute(A.pick(1, 2, 3).scored(), cooperative, true);
    RolloutAdvantage excluded = group.rollouts().get(0);
    assertThat(excluded.advantage()).isEqualTo(0.0);
    assertThat(excluded.included()).isFalse();
    assertThat(excluded.credit()).contains(new Credit(0, 0, 0));
    assertThat(excluded.nearestCorrect()).contains(new Neighbour(1, 1));
    for (int i = 1; i < 4; i++) {
      assertThat(group.rollouts().get(i).advantage())
          .isEqualTo(without.rollouts().get(i - 1).advantage());
      assertThat(group.rollouts().get(i).credit())
          .isEqualTo(without.rollouts().get(i - 1).credit());
    }
    assertThat(group.rewards()).isEqualTo(without.rewards());
    assertThat(group.diversity().orElseThrow().all().count()).isEqualTo(4);
    assertThat(group.diversity().orElseThrow().correct().count()).isEqualTo(2);
  }

  @Test
  void compute_allExcluded_isAllZero() {
    ScoredGroup group = A.scored(i -> false);
    GroupAdvantages answer = compute(group, cooperative, true);
    assertThat(answer.signal()).isEqualTo(GroupSignal.ALL_EXCLUDED);
    assertThat(answer.rewards()).isEqualTo(new RewardStatistics(0, 0, 0, 0, 0, 0));
    assertThat(answer.teamCredit()).contains(new TeamCredit(0, CreditMethod.EXACT, 0));
    assertThat(answer.centered()).isTrue();
    assertThat(answer.diversity().orElseThrow().correct())
        .isEqualTo(
            DiversityMeter.measure(
                DiversityChoice.DEFAULT,
                RolloutSet.ofSimilarity(SymmetricMatrix.of(0, (i, j) -> 1))));
    for (RolloutAdvantage rollout : answer.rollouts()) {
      assertThat(rollout.advantage()).isEqualTo(0.0);
      assertThat(rollout.included()).isFalse();
      assertThat(rollout.credit()).contains(new Credit(0, 0, 0));
      assertThat(rollout.nearestCorrect()).isEmpty();
    }
    assertThat(compute(group, grpo, false).signal()).isEqualTo(GroupSignal.ALL_EXCLUDED);
  }

  @Test
  void compute_oneValidRollout_hasCreditButNoAdvantage() {
    GroupAdvantages answer = compute(A.scored(i -> i == 2), cooperative, true);
    assertThat(answer.signal()).isEqualTo(GroupSignal.TOO_FEW_VALID);
    assertThat(advantages(answer).max()).isEqualTo(0.0);
    assertThat(answer.rewards()).isEqualTo(new RewardStatistics(1, 1, 1, 0, 1, 1));
    Credit credit = answer.rollouts().get(2).credit().orElseThrow();
    assertThat(credit.share()).isCloseTo(Math.log(2), within(1e-15));
    assertThat(credit.scaled()).isEqualTo(1);
    assertThat(answer.teamCredit().orElseThrow().teamValue()).isCloseTo(Math.log(2), within(1e-15));
    assertThat(answer.rollouts().get(0).nearestCorrect()).contains(new Neighbour(2, 0));
    assertThat(answer.rollouts().get(2).nearestCorrect()).isEmpty();
  }

  @Test
  void compute_nearestCorrect_isTheFirstMostSimilarOther() {
    FloatMatrix rows =
        FloatMatrix.ofRows(
            List.of(
                new float[] {1, 0},
                new float[] {4, 3},
                new float[] {4, 3},
                new float[] {-1, 0},
                new float[] {0, 0}));
    ScoredGroup group =
        ScoredGroup.of(
                IntStream.of(0, 1, 1, 0, -1)
                    .mapToObj(reward -> RolloutScore.of(OptionalDouble.of(reward)))
                    .toList())
            .withCompared(Computed.compared(rows));
    assertThat(compute(group, grpo, true).rollouts())
        .extracting(rollout -> rollout.nearestCorrect().orElseThrow())
        .containsExactly(
            new Neighbour(1, 0.8),
            new Neighbour(2, 1),
            new Neighbour(1, 1),
            new Neighbour(1, -0.8),
            new Neighbour(1, 0));
  }

  @Test
  void compute_withoutDiversity_leavesItOut() {
    GroupAdvantages scored = compute(A.scored(), cooperative, false);
    assertThat(scored.diversity()).isEmpty();
    assertThat(scored.rollouts().get(0).nearestCorrect()).contains(new Neighbour(1, 1));
    GroupAdvantages rewardsAlone = compute(A.scored(), grpo, false);
    assertThat(rewardsAlone.diversity()).isEmpty();
    assertThat(rewardsAlone.rollouts().get(0).nearestCorrect()).isEmpty();
    assertThat(rewardsAlone.rollouts().get(0).credit()).isEmpty();
    assertThat(rewardsAlone.teamCredit()).isEmpty();
  }

  @Test
  void compute_grpoWithEmbeddings_measuresDiversity() {
    GroupDiversity diversity = compute(A.scored(), grpo, true).diversity().orElseThrow();
    assertThat(diversity.all().distinct()).hasValue(3);
    assertThat(diversity.correct().distinct()).hasValue(2);
    assertThat(diversity.correct().count()).isEqualTo(3);
  }

  @Test
  void compute_cooperativeWithNothingToCompare_isRefused() {
    ScoredGroup group = ScoredGroup.of(A.scores(i -> true));
    assertThatThrownBy(() -> compute(group, cooperative, false))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("compared: none (expected: what the kernel looks at, for GCPO_COOPERATIVE)");
  }

  @Test
  void compute_emptyGroup_isAllExcluded() {
    GroupAdvantages answer = compute(ScoredGroup.of(List.of()), grpo, true);
    assertThat(answer.signal()).isEqualTo(GroupSignal.ALL_EXCLUDED);
    assertThat(answer.rollouts()).isEmpty();
  }

  @Test
  void compute_twice_givesTheSameBits() {
    for (int seed = 0; seed < 1000; seed++) {
      SampleGroup sample = new RandomGroups(seed).next(10);
      ScoredGroup group = sample.scored(i -> i % 4 != 3);
      SampleGroup copy = new RandomGroups(seed).next(10);
      ScoredGroup again = copy.scored(i -> i % 4 != 3);
      assertThat(compute(again, cooperative, true))
          .as("seed %d", seed)
          .isEqualTo(compute(group, cooperative, true));
    }
  }
}
