// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.importance;

import io.gcpo.advantage.server.advantage.group.RolloutScore.Likelihood;
import io.gcpo.advantage.server.advantage.parameter.Parameters;
import java.util.Optional;

/**
 * How much more likely the policy being trained makes a whole rollout than the one that sampled it,
 *
 * <pre>
 *   s = exp((log pi(y) - log pi_old(y)) / |y|)
 * </pre>
 *
 * the geometric mean of the tokens' ratios, as in GSPO (arXiv 2507.18071); a plain product over
 * thousands of tokens is 0 or infinite. The "sequence-level importance sampling" of arXiv
 * 2510.07790 is taken to be this; its formula was not available to us.
 *
 * @param value s > 0
 * @param clipped whether s is outside the clip range on the side that matters to the advantage, so
 *     that the clipped objective has no gradient there
 */
public record ImportanceRatio(double value, boolean clipped) {

  /** Empty where a part of the likelihood is missing, or the rollout has no token. */
  public static Optional<ImportanceRatio> of(
      Likelihood likelihood, double advantage, Parameters parameters) {
    if (likelihood.logProb().isEmpty()
        || likelihood.oldLogProb().isEmpty()
        || likelihood.generatedTokens().orElse(0) == 0) {
      return Optional.empty();
    }
    double limit = parameters.get(ImportanceParameters.MAX_LOG_RATIO);
    double logRatio =
        (likelihood.logProb().getAsDouble() - likelihood.oldLogProb().getAsDouble())
            / likelihood.generatedTokens().getAsInt();
    double ratio = StrictMath.exp(Math.max(-limit, Math.min(limit, logRatio)));
    boolean high = advantage > 0 && ratio > 1 + parameters.get(ImportanceParameters.CLIP_HIGH);
    boolean low = advantage < 0 && ratio < 1 - parameters.get(ImportanceParameters.CLIP_LOW);
    return Optional.of(new ImportanceRatio(ratio, high || low));
  }
}
