// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import io.gcpo.advantage.server.advantage.parameter.Parameter;
import java.util.List;

/** The parameters that several estimators declare. */
final class CommonParameters {
  /** Positive: the standard deviation that it is added to may be tiny. */
  static final Parameter.Real EPSILON = epsilon(1e-6);

  static final Parameter.Real MIX_LAMBDA =
      new Parameter.Real(
          "mix_lambda",
          "Share lambda of the credits in mix; the rest is GRPO's.",
          0.5,
          0,
          false,
          1);

  static final Parameter.Whole K = new Parameter.Whole("k", "k of pass@k.", 4, 1, 1024);

  static final Parameter.Real CLUSTER_THRESHOLD =
      new Parameter.Real(
          "cluster_threshold",
          "Rollouts are linked into a cluster from this similarity on.",
          0.9,
          0,
          true,
          1);

  private CommonParameters() {}

  /** The normalisations that an estimator offers; the first is the default. */
  static Parameter.Choice<Normalization> normalization(Normalization... options) {
    return new Parameter.Choice<>(
        "normalization",
        "How scores become advantages.",
        options[0],
        Normalization.class,
        List.of(options));
  }

  /** Like {@link #EPSILON}, with the default of the estimator's reference implementation. */
  static Parameter.Real epsilon(double defaultValue) {
    return new Parameter.Real(
        "epsilon",
        "Added to the standard deviation before dividing by it.",
        defaultValue,
        0,
        true,
        1);
  }

  /** The tie tolerance, whose default depends on what the scores are computed from. */
  static Parameter.Real tieTolerance(double defaultValue) {
    return new Parameter.Real(
        "tie_tolerance",
        "Scores whose spread (max - min) is at most this are a tie: advantages of exactly 0.",
        defaultValue,
        0,
        false,
        1);
  }

  /** The exponent of a cluster's size, whose default is the estimator's. */
  static Parameter.Real clusterExponent(double defaultValue) {
    return new Parameter.Real(
        "cluster_exponent",
        "Exponent of the cluster size that divides an advantage.",
        defaultValue,
        0,
        false,
        1);
  }
}
