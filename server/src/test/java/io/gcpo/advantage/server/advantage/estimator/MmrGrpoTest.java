// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import static io.gcpo.advantage.server.testing.Advantages.assertClose;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gcpo.advantage.server.diversity.kernel.CosineKernel;
import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import io.gcpo.advantage.server.linalg.Vector;
import io.gcpo.advantage.server.testing.RandomGroups;
import io.gcpo.advantage.server.testing.SampleGroup;
import io.gcpo.advantage.server.testing.WorkedExamples;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class MmrGrpoTest {
  @Test
  void scores_exampleA_areTheValuesWhenPicked() {
    // Rollout 0 keeps 1; rollout 2 is unlike it: 0.7; its copy 1: 0.7 - 0.3; the wrong one: 0.
    SymmetricMatrix similarity = CosineKernel.of(WorkedExamples.A.embeddings());
    assertClose(
        "A", MarginalRelevance.of(WorkedExamples.A.rewards(), similarity, 0.7), 1, 0.4, 0.7, 0);
  }

  @Test
  void scores_lambdaOfOne_areTheRewards() {
    for (int seed = 0; seed < 1000; seed++) {
      SampleGroup sample = new RandomGroups(seed).next(12);
      assertThat(MarginalRelevance.of(sample.rewards(), CosineKernel.of(sample.embeddings()), 1))
          .as("seed %d", seed)
          .isEqualTo(sample.rewards());
    }
  }

  @Test
  void scores_negativeSimilarity_isNoBonus() {
    SymmetricMatrix opposite = SymmetricMatrix.of(2, (i, j) -> i == j ? 1 : -1);
    assertClose("opposite", MarginalRelevance.of(Vector.of(1, 0.5), opposite, 0.5), 1, 0.25);
  }

  @Test
  void scores_equalRollouts_favourTheFirst() {
    SymmetricMatrix alike = SymmetricMatrix.of(3, (i, j) -> 1);
    assertClose("alike", MarginalRelevance.of(Vector.of(1, 1, 1), alike, 0.7), 1, 0.4, 0.4);
  }

  @Test
  void estimate_isTheZScoreOfTheScores() {
    MmrGrpo estimator = new MmrGrpo();
    ScoredRollouts rollouts =
        ScoredRollouts.of(WorkedExamples.A.rewards())
            .withSimilarity(CosineKernel.of(WorkedExamples.A.embeddings()));
    Estimate estimate = estimator.estimate(rollouts, Estimating.defaults(estimator));
    // Scores 1, 0.4, 0.7, 0: mean 0.525, squared distances 0.5475.
    double divisor = Math.sqrt(0.5475 / 3) + 1e-4;
    assertClose(
        "A",
        estimate.advantages(),
        0.475 / divisor,
        -0.125 / divisor,
        0.175 / divisor,
        -0.525 / divisor);
    assertThat(estimate.centered()).isTrue();
  }

  @Test
  void estimate_permutedUnequalRollouts_permutesAdvantages() {
    MmrGrpo estimator = new MmrGrpo();
    for (int seed = 0; seed < 1000; seed++) {
      Random random = new Random(seed);
      int size = 1 + random.nextInt(12);
      Vector rewards = Vector.of(size, i -> random.nextGaussian());
      SymmetricMatrix similarity =
          SymmetricMatrix.of(size, (i, j) -> i == j ? 1 : 2 * random.nextDouble() - 1);
      int[] order = new RandomGroups(seed).nextOrder(size);
      Vector before = advantages(estimator, rewards, similarity);
      Vector after =
          advantages(
              estimator, Vector.of(size, i -> rewards.get(order[i])), similarity.principal(order));
      for (int i = 0; i < size; i++) {
        assertThat(after.get(i)).as("seed %d", seed).isCloseTo(before.get(order[i]), within(1e-9));
      }
    }
  }

  private static Vector advantages(MmrGrpo estimator, Vector rewards, SymmetricMatrix similarity) {
    return estimator
        .estimate(
            ScoredRollouts.of(rewards).withSimilarity(similarity), Estimating.defaults(estimator))
        .advantages();
  }
}
