// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.gold;

import io.gcpo.advantage.server.advantage.group.RolloutScore;
import io.gcpo.advantage.server.advantage.group.RolloutScore.Likelihood;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/** Which of the rollouts whose reward counts gives its place to the golden answer. */
public enum Replacement {
  /** The last one. */
  LAST {
    @Override
    int choose(List<RolloutScore> rollouts, int[] candidates, long seed) {
      return candidates[candidates.length - 1];
    }
  },
  /** One drawn uniformly; {@link Random}'s algorithm is specified, so equal seeds draw alike. */
  RANDOM {
    @Override
    int choose(List<RolloutScore> rollouts, int[] candidates, long seed) {
      return candidates[new Random(seed).nextInt(candidates.length)];
    }
  },
  /** The one of most generated tokens; the last of several. */
  LONGEST {
    @Override
    int choose(List<RolloutScore> rollouts, int[] candidates, long seed) {
      return lastLargest(
          rollouts, candidates, likelihood -> likelihood.generatedTokens().orElseThrow());
    }
  },
  /** The one of lowest old log-probability per generated token; the last of several. */
  LOWEST_LOG_PROB {
    @Override
    int choose(List<RolloutScore> rollouts, int[] candidates, long seed) {
      return lastLargest(
          rollouts,
          candidates,
          likelihood ->
              -likelihood.oldLogProb().orElseThrow() / likelihood.generatedTokens().orElseThrow());
    }
  };

  /** Whether every candidate needs its generated tokens. */
  public boolean needsTokens() {
    return this == LONGEST || this == LOWEST_LOG_PROB;
  }

  /** Whether every candidate needs its old log-probability. */
  public boolean needsOldLogProb() {
    return this == LOWEST_LOG_PROB;
  }

  /** One of the candidates, which are positions, ascending, at least one. */
  abstract int choose(List<RolloutScore> rollouts, int[] candidates, long seed);

  private static int lastLargest(
      List<RolloutScore> rollouts, int[] candidates, ToDoubleFunction<Likelihood> measure) {
    int chosen = candidates[0];
    for (int candidate : candidates) {
      double value = measure.applyAsDouble(rollouts.get(candidate).likelihood());
      if (value >= measure.applyAsDouble(rollouts.get(chosen).likelihood())) {
        chosen = candidate;
      }
    }
    return chosen;
  }
}
