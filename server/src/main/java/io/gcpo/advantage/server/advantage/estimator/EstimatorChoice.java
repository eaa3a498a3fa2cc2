// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import io.gcpo.advantage.server.advantage.parameter.Parameters;

/** An estimator with a value for each of its parameters. */
public record EstimatorChoice(AdvantageEstimator estimator, Parameters parameters) {
  /** The estimator with its defaults. */
  public static EstimatorChoice withDefaults(AdvantageEstimator estimator) {
    return new EstimatorChoice(estimator, Parameters.defaultsOf(estimator.spec().parameters()));
  }
}
