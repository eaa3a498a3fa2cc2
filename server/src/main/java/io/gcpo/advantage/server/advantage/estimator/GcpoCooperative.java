// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import io.gcpo.advantage.server.advantage.parameter.Parameter;
import io.gcpo.advantage.server.advantage.parameter.Parameters;
import io.gcpo.advantage.server.diversity.credit.Allocation;
import io.gcpo.advantage.server.diversity.credit.CoverageGame;
import io.gcpo.advantage.server.diversity.credit.CreditShares;
import io.gcpo.advantage.server.diversity.credit.TeamCredits;
import io.gcpo.advantage.server.diversity.credit.Volume;
import io.gcpo.advantage.server.diversity.credit.VolumeOverflowException;
import io.gcpo.advantage.server.linalg.Vector;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Group Cooperative Policy Optimization: a rollout earns its share of the team's coverage.
 *
 * <pre>
 *   w_i  = max(0, r_i)                      weight
 *   L_ij = w_i^p K_ij w_j^p                 reward-weighted kernel
 *   v(S) = log det(I + alpha L_S)           coverage of a set of rollouts; DET: det(I + alpha L_S) - 1
 *   phi  = Shapley value of v               credit, sums to v(all); or another allocation
 *   s_i  = phi_i / log(1 + alpha)           score: 1 for a lone correct rollout of reward 1;
 *                                           DET: phi_i / alpha
 *   A    = normalisation of s
 * </pre>
 *
 * <p>A wrong rollout scores 0, and so does a group that is all wrong; the m copies of a correct one
 * share one volume. After arXiv 2605.11461; its full text was not available to us, and this
 * definition is our reading of its abstract.
 */
final class GcpoCooperative implements GroupEstimator {
  static final Parameter.Choice<Normalization> NORMALIZATION =
      CommonParameters.normalization(
          Normalization.STD,
          Normalization.CENTERED,
          Normalization.LEAVE_ONE_OUT,
          Normalization.RAW,
          Normalization.SIGN_SAFE,
          Normalization.MIX);

  static final Parameter.Real TIE_TOLERANCE = CommonParameters.tieTolerance(Ties.EMBEDDINGS);

  /** Up to it sums of scores stay finite. */
  private static final double MAX_SCORE = 1e300;

  private static final EstimatorSpec SPEC =
      new EstimatorSpec(
          "GCPO_COOPERATIVE",
          "The rollout's Shapley value in the team's coverage of valid, different solutions.",
          "Our reading of the abstract of arXiv 2605.11461.",
          Set.of(Input.SIMILARITY),
          Stream.of(
                  CreditParameters.all(),
                  List.of(
                      NORMALIZATION,
                      CommonParameters.MIX_LAMBDA,
                      CommonParameters.EPSILON,
                      TIE_TOLERANCE))
              .<Parameter<?>>flatMap(List::stream)
              .toList());

  @Override
  public EstimatorSpec spec() {
    return SPEC;
  }

  @Override
  public List<Conflict> conflicts(Parameters parameters) {
    Allocation allocation = parameters.get(CreditParameters.ALLOCATION);
    Volume volume = parameters.get(CreditParameters.VOLUME);
    return allocation.isDefinedFor(volume)
        ? List.of()
        : List.of(
            new Conflict(
                CreditParameters.ALLOCATION.name(),
                "%s (expected: another one, as volume is %s)"
                    .formatted(allocation, volume.name().toLowerCase(Locale.ROOT))));
  }

  @Override
  public Estimate estimate(ScoredRollouts rollouts, Parameters parameters) {
    CreditShares credit = credit(rollouts, parameters);
    double alpha = parameters.get(CreditParameters.ALPHA);
    double unit =
        parameters.get(CreditParameters.VOLUME) == Volume.LOGDET ? StrictMath.log1p(alpha) : alpha;
    if (credit.values().max() / unit > MAX_SCORE) {
      throw new OutOfRangeException(
          "volume: scaled credit of %s (expected: <= %s; use LOGDET or a smaller alpha)"
              .formatted(credit.values().max() / unit, MAX_SCORE));
    }
    Vector scaled = Vector.of(rollouts.count(), i -> credit.values().get(i) / unit);
    return Estimate.of(
        NormalizedScores.of(scaled, rollouts.rewards(), parameters, NORMALIZATION, TIE_TOLERANCE),
        new Estimate.Credits(
            credit.values(),
            scaled,
            credit.standardErrors(),
            new TeamCredit(credit.teamValue(), credit.method(), credit.samples())));
  }

  private static CreditShares credit(ScoredRollouts rollouts, Parameters parameters) {
    CoverageGame game =
        CoverageGame.of(
            rollouts.similarity(),
            rollouts.rewards(),
            parameters.get(CreditParameters.REWARD_EXPONENT),
            parameters.get(CreditParameters.ALPHA));
    try {
      return TeamCredits.share(game, CreditParameters.plan(parameters));
    } catch (VolumeOverflowException overflow) {
      throw new OutOfRangeException(String.valueOf(overflow.getMessage()));
    }
  }
}
