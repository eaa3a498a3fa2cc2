// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import io.gcpo.advantage.server.advantage.parameter.Parameters;
import io.gcpo.advantage.server.linalg.Vector;
import java.util.List;
import java.util.Set;

/**
 * Pass@k Training (arXiv 2508.10751): the analytical advantage of the average group of k rollouts
 * drawn from n of which c are correct,
 *
 * <pre>
 *   q     = C(n - c, k) / C(n, k)                 the share of groups that fail, 1 - rho
 *   sigma = sqrt(q (1 - q))
 *   A+    = q / (sigma + epsilon)                 of a correct rollout
 *   A-    = (q - C(n-c-1, k-1) / C(n-1, k-1)) / (sigma + epsilon)
 *         = -A+ c / (n - c)                       of a wrong one
 * </pre>
 *
 * The second form of A- is computed: the same number, without cancellation. No correct rollout, or
 * more than n - k, give zeros. A reward above 0 is correct, as everywhere in this service; the
 * paper and its source know rewards of 0 and 1 only.
 */
final class PassAtKTraining implements GroupEstimator {
  private static final EstimatorSpec SPEC =
      new EstimatorSpec(
          "PASS_AT_K_TRAINING",
          "The analytical advantage of pass@k; a reward above 0 is correct.",
          "arXiv 2508.10751; the epsilon from its authors' source.",
          Set.of(),
          List.of(CommonParameters.K, CommonParameters.EPSILON));

  @Override
  public EstimatorSpec spec() {
    return SPEC;
  }

  @Override
  public Estimate estimate(ScoredRollouts rollouts, Parameters parameters) {
    Vector rewards = rollouts.rewards();
    int n = rewards.size();
    int k = parameters.get(CommonParameters.K);
    int correct = 0;
    for (int i = 0; i < n; i++) {
      correct += rewards.get(i) > 0 ? 1 : 0;
    }
    if (correct == 0 || correct > n - k) {
      return Estimate.centered(Vector.zero(n));
    }
    double fail = 1;
    for (int drawn = 0; drawn < k; drawn++) {
      fail *= (n - correct - drawn) / (double) (n - drawn);
    }
    double sigma = Math.sqrt(fail * (1 - fail));
    double right = fail / (sigma + parameters.get(CommonParameters.EPSILON));
    double wrong = -right * correct / (n - correct);
    return Estimate.centered(Vector.of(n, i -> rewards.get(i) > 0 ? right : wrong));
  }
}
