// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import io.gcpo.advantage.server.advantage.parameter.Parameter;
import io.gcpo.advantage.server.advantage.parameter.Parameters;
import io.gcpo.advantage.server.linalg.Vector;
import java.util.List;
import java.util.Set;

/**
 * Group Relative Policy Optimization (arXiv 2402.03300): the reward's z-score inside its group,
 *
 * <pre>
 *   A_i = (r_i - mean) / (s + epsilon)
 * </pre>
 *
 * with the sample standard deviation s. Libraries differ in epsilon, in what they average over and
 * in what a lone rollout gets: {@link GrpoProfile}. Equal rewards give exact zeros.
 */
final class Grpo implements GroupEstimator {
  static final Parameter.Choice<GrpoProfile> PROFILE =
      new Parameter.Choice<>(
          "profile",
          "Whose constants: sets the defaults of normalization, epsilon and singleton.",
          GrpoProfile.TEXTBOOK,
          GrpoProfile.class,
          List.of(GrpoProfile.values()));

  static final Parameter.Choice<Normalization> NORMALIZATION =
      CommonParameters.normalization(
          Normalization.STD,
          Normalization.CENTERED,
          Normalization.LEAVE_ONE_OUT,
          Normalization.LEAVE_ONE_OUT_STD);

  static final Parameter.Choice<Singleton> SINGLETON =
      new Parameter.Choice<>(
          "singleton",
          "What a group with one reward that counts gets.",
          Singleton.ZERO,
          Singleton.class,
          List.of(Singleton.values()));

  static final Parameter.Real TIE_TOLERANCE = CommonParameters.tieTolerance(Ties.REWARDS);

  private static final EstimatorSpec SPEC =
      new EstimatorSpec(
          "GRPO",
          "The reward's z-score inside its group.",
          "arXiv 2402.03300; the profiles from the libraries' sources.",
          Set.of(),
          List.of(PROFILE, NORMALIZATION, CommonParameters.EPSILON, SINGLETON, TIE_TOLERANCE));

  @Override
  public EstimatorSpec spec() {
    return SPEC;
  }

  @Override
  public Estimate estimate(ScoredRollouts rollouts, Parameters parameters) {
    Vector rewards = rollouts.rewards();
    if (rewards.size() == 1 && parameters.get(SINGLETON) == Singleton.REWARD) {
      double divisor = 1 + parameters.get(CommonParameters.EPSILON);
      return Estimate.uncentered(Vector.of(rewards.get(0) / divisor));
    }
    return Estimate.of(
        NormalizedScores.of(rewards, rewards, parameters, NORMALIZATION, TIE_TOLERANCE));
  }
}
