// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import io.gcpo.advantage.server.advantage.parameter.Parameter;
import io.gcpo.advantage.server.advantage.parameter.Parameters;
import io.gcpo.advantage.server.diversity.credit.Allocation;
import io.gcpo.advantage.server.diversity.credit.CreditPlan;
import io.gcpo.advantage.server.diversity.credit.Volume;
import java.util.List;

/** What a team is worth and how its value is shared, as parameters. */
final class CreditParameters {
  static final Parameter.Choice<Volume> VOLUME =
      new Parameter.Choice<>(
          "volume",
          "What a set of rollouts is worth.",
          Volume.LOGDET,
          Volume.class,
          List.of(Volume.values()));

  static final Parameter.Real ALPHA =
      new Parameter.Real("alpha", "Volume scale of the coverage.", 1.0, 0, true, 1e6);

  static final Parameter.Real REWARD_EXPONENT =
      new Parameter.Real(
          "reward_exponent",
          "Exponent p of the reward in L_ij = w_i^p K_ij w_j^p with w = max(0, reward).",
          0.5,
          0,
          true,
          4);

  static final Parameter.Choice<Allocation> ALLOCATION =
      new Parameter.Choice<>(
          "allocation",
          "How the team's value is shared; matrix_log with logdet only.",
          Allocation.SHAPLEY,
          Allocation.class,
          List.of(Allocation.values()));

  static final Parameter.Whole EXACT_LIMIT =
      new Parameter.Whole(
          "exact_limit",
          "Credits are exact while different sets of rollouts number at most 2^exact_limit, copies"
              + " being the same; above it they are sampled. det is always exact.",
          18,
          0,
          CreditPlan.MAX_EXACT_LIMIT);

  static final Parameter.Real ERROR_BUDGET =
      new Parameter.Real(
          "error_budget",
          "Sampling stops when the largest standard error is at most this share of the credits'"
              + " spread; 0 draws max_samples.",
          0.01,
          0,
          false,
          1);

  static final Parameter.Whole MAX_SAMPLES =
      new Parameter.Whole(
          "max_samples",
          "Largest number of sampled orders, or sets.",
          4096,
          CreditPlan.MIN_SAMPLES,
          CreditPlan.MAX_SAMPLES);

  static final Parameter.Whole SEED =
      new Parameter.Whole("seed", "Seeds the sampling.", 0, 0, Integer.MAX_VALUE);

  private CreditParameters() {}

  /** All of them. */
  static List<Parameter<?>> all() {
    return List.of(
        VOLUME, ALPHA, REWARD_EXPONENT, ALLOCATION, EXACT_LIMIT, ERROR_BUDGET, MAX_SAMPLES, SEED);
  }

  /** How credits are to be computed; of parameters without conflict. */
  static CreditPlan plan(Parameters parameters) {
    return new CreditPlan(
        parameters.get(VOLUME),
        parameters.get(ALLOCATION),
        parameters.get(EXACT_LIMIT),
        parameters.get(ERROR_BUDGET),
        parameters.get(MAX_SAMPLES),
        parameters.get(SEED));
  }
}
