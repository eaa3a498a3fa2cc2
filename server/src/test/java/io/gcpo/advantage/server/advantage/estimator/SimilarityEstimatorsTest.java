// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import static io.gcpo.advantage.server.testing.Advantages.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.server.advantage.parameter.Parameters;
import io.gcpo.advantage.server.diversity.kernel.CosineKernel;
import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import io.gcpo.advantage.server.linalg.Vector;
import io.gcpo.advantage.server.testing.SampleGroup;
import io.gcpo.advantage.server.testing.WorkedExamples;
import org.junit.jupiter.api.Test;

/**
 * Estimators that look at similarities, on three correct rollouts, two of them alike, and a wrong
 * one unlike them all.
 */
final class SimilarityEstimatorsTest {
  private static final SampleGroup A = WorkedExamples.A;
  private static final double CORRECT = 0.25 / (0.5 + 1e-6);
  private static final double WRONG = -0.75 / (0.5 + 1e-6);

  @Test
  void draGrpo_dividesByTheSumOfSimilarities() {
    double alike = 1 / (2 + 1e-6);
    double unlike = 1 / (1 + 1e-6);
    DraGrpo estimator = new DraGrpo();
    assertEqual(estimate(estimator, A), ZScore.of(Vector.of(alike, alike, unlike, 0), 1e-5, 1e-4));
    assertThat(estimate(estimator, A).centered()).isTrue();
  }

  @Test
  void draGrpo_oppositeRollouts_areFlooredAtOne() {
    // The cosines with a rollout's copy and its two opposites sum to 0.
    SampleGroup opposite = WorkedExamples.B.pick(0, 0, 0, 0).withReward(3, 0);
    Vector rewards = opposite.rewards();
    ScoredRollouts rollouts =
        ScoredRollouts.of(rewards)
            .withSimilarity(SymmetricMatrix.of(4, (i, j) -> (i < 2) == (j < 2) ? 1 : -1));
    DraGrpo estimator = new DraGrpo();
    assertEqual(
        estimator.estimate(rollouts, Estimating.defaults(estimator)),
        ZScore.of(Vector.of(4, i -> rewards.get(i) / (1 + 1e-6)), 1e-5, 1e-4));
  }

  @Test
  void darling_weighsByTheShareOfUnlikeOthers() {
    Estimate estimate = estimate(new Darling(), A);
    // r d = 2/3, 2/3, 1, 0 with mean 7/12.
    assertClose("A", estimate.advantages(), 1.0 / 12, 1.0 / 12, 5.0 / 12, -7.0 / 12);
    assertThat(estimate.centered()).isTrue();
  }

  @Test
  void darling_allAlike_isFloored() {
    Darling estimator = new Darling();
    SampleGroup alike = A.pick(0, 0, 0, 0).withReward(3, 0);
    assertClose("floor", estimate(estimator, alike).advantages(), 0.025, 0.025, 0.025, -0.075);
    Parameters half = Estimating.defaults(estimator).with(Darling.DIVERSITY_FLOOR, 0.5);
    assertClose("half", estimate(estimator, alike, half).advantages(), 0.125, 0.125, 0.125, -0.375);
  }

  @Test
  void uniquenessAware_dividesByTheClusterSize() {
    UniquenessAware estimator = new UniquenessAware();
    Estimate estimate = estimate(estimator, A);
    assertClose("1", estimate.advantages(), CORRECT / 2, CORRECT / 2, CORRECT, WRONG);
    assertThat(estimate.centered()).isFalse();
    Parameters none = Estimating.defaults(estimator).with(UniquenessAware.CLUSTER_EXPONENT, 0.0);
    assertThat(estimate(estimator, A, none).advantages())
        .isEqualTo(ZScore.of(A.rewards(), Ties.REWARDS, 1e-6));
  }

  @Test
  void cueGrpo_movesPositiveAdvantagesToRareClusters() {
    double pair = Math.pow(2, -0.8);
    double mean = (2 * pair + 1) / 3;
    CueGrpo estimator = new CueGrpo();
    Vector advantages = estimate(estimator, A).advantages();
    assertClose(
        "0.8", advantages, CORRECT * pair / mean, CORRECT * pair / mean, CORRECT / mean, WRONG);
    Parameters none = Estimating.defaults(estimator).with(CueGrpo.CLUSTER_EXPONENT, 0.0);
    assertThat(estimate(estimator, A, none).advantages())
        .isEqualTo(ZScore.of(A.rewards(), Ties.REWARDS, 1e-6));
  }

  @Test
  void cueGrpo_wrongRollouts_makeNoClusterLarger() {
    // The wrong copy of rollout 2 leaves it alone among the correct.
    SampleGroup copied = A.pick(0, 1, 2, 2).withReward(3, 0);
    assertThat(estimate(new CueGrpo(), copied).advantages())
        .isEqualTo(estimate(new CueGrpo(), A).advantages());
  }

  @Test
  void cueGrpo_negativeRewardsAboveTheMean_stay() {
    SampleGroup failed = new SampleGroup("failed", Vector.of(-1, -1, -1, -3), A.embeddings());
    assertThat(estimate(new CueGrpo(), failed).advantages())
        .isEqualTo(ZScore.of(failed.rewards(), Ties.REWARDS, 1e-6));
  }

  private static Estimate estimate(GroupEstimator estimator, SampleGroup sample) {
    return estimate(estimator, sample, Estimating.defaults(estimator));
  }

  private static Estimate estimate(
      GroupEstimator estimator, SampleGroup sample, Parameters parameters) {
    return estimator.estimate(
        ScoredRollouts.of(sample.rewards()).withSimilarity(CosineKernel.of(sample.embeddings())),
        parameters);
  }

  private static void assertEqual(Estimate actual, Vector expected) {
    double[] values = new double[expected.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = expected.get(i);
    }
    assertClose("advantages", actual.advantages(), values);
  }
}
