// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import io.gcpo.advantage.server.advantage.parameter.Parameter;
import java.util.List;

/** The parameters that several estimators declare. */
final class CommonParameters {
  static final Parameter.Choice<Kernel> KERNEL =
      new Parameter.Choice<>(
          "kernel",
          "How similar two rollouts are.",
          Kernel.EMBEDDING_COSINE,
          Kernel.class,
          List.of(Kernel.values()));

  static final Parameter.Choice<Normalization> NORMALIZATION =
      new Parameter.Choice<>(
          "normalization",
          "How scores become advantages.",
          Normalization.STD,
          Normalization.class,
          List.of(Normalization.values()));

  static final Parameter.Real EPSILON =
      new Parameter.Real(
          "epsilon", "Added to the standard deviation before dividing by it.", 1e-6, 0, true, 1);

  private CommonParameters() {}

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
}
