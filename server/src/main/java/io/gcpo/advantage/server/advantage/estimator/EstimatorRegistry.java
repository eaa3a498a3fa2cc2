// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import java.util.List;
import java.util.Optional;

/** The estimators that there are. Immutable. */
public final class EstimatorRegistry {
  private final List<AdvantageEstimator> estimators =
      List.of(
          new GcpoCooperative(),
          new Grpo(),
          new GcpoGold(),
          new DrGrpo(),
          new Rloo(),
          new ReinforcePlusPlus(),
          new ReinforcePlusPlusBaseline(),
          new Opo(),
          new Gpg(),
          new Remax(),
          new MaxRl(),
          new Gdpo(),
          new PassAtKTraining(),
          new GrpoPassk(),
          new Pkpo(),
          new DraGrpo(),
          new MmrGrpo(),
          new Darling(),
          new UniquenessAware(),
          new CueGrpo());

  /** In the order of the documentation; the first is the default. */
  public List<AdvantageEstimator> all() {
    return estimators;
  }

  /** The estimator with the name of its {@link EstimatorSpec#name}, in the very case. */
  public Optional<AdvantageEstimator> byName(String name) {
    return estimators.stream()
        .filter(estimator -> estimator.spec().name().equals(name))
        .findFirst();
  }
}
