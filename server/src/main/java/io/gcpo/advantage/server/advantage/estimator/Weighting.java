// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import io.gcpo.advantage.server.linalg.Vector;
import java.util.Set;

/** What counts once in the batch's mean and variance. */
enum Weighting {
  /** Each generated token: every token of a rollout carries the rollout's value. */
  TOKENS {
    @Override
    Set<Input> inputs() {
      return Set.of(Input.GENERATED_TOKENS);
    }

    @Override
    Vector of(ScoredRollouts rollouts) {
      return rollouts.generatedTokens();
    }
  },
  /** Each rollout. */
  ROLLOUTS {
    @Override
    Set<Input> inputs() {
      return Set.of();
    }

    @Override
    Vector of(ScoredRollouts rollouts) {
      return Vector.of(rollouts.count(), i -> 1);
    }
  };

  /** What it needs of each group. */
  abstract Set<Input> inputs();

  /** How often each rollout counts [m], at least 1. */
  abstract Vector of(ScoredRollouts rollouts);
}
