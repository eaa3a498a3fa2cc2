// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import io.gcpo.advantage.server.linalg.Vector;
import java.util.function.IntToDoubleFunction;

/**
 * A group operator from scores s [m] to advantages [m]. A tie of the scores gives exact zeros in
 * all but RAW, which compares nothing.
 */
public enum Normalization {
  /** (s - mean) / (sample standard deviation + epsilon). */
  STD(true) {
    @Override
    Vector apply(Input input) {
      return ZScore.of(input.scores(), input.tieTolerance(), input.epsilon());
    }
  },
  /** s - mean. */
  CENTERED(true) {
    @Override
    Vector apply(Input input) {
      Vector scores = input.scores();
      double mean = scores.mean();
      return input.unlessTie(i -> scores.get(i) - mean);
    }
  },
  /** s - mean of the others, which is (s - mean) m / (m - 1). */
  LEAVE_ONE_OUT(true) {
    @Override
    Vector apply(Input input) {
      Vector scores = input.scores();
      double mean = scores.mean();
      double factor = scores.size() / (scores.size() - 1.0);
      return input.unlessTie(i -> (scores.get(i) - mean) * factor);
    }
  },
  /** (s - mean of the others) / (sample standard deviation of the others + epsilon). */
  LEAVE_ONE_OUT_STD(false) {
    @Override
    Vector apply(Input input) {
      return input.unlessTie(i -> LeaveOneOutScore.of(input.scores(), i, input.epsilon()));
    }
  },
  /** s. */
  RAW(false) {
    @Override
    Vector apply(Input input) {
      return input.scores();
    }
  },
  /**
   * GRPO's advantages g of the rewards, the positive ones redistributed by score: A_i = g_i s_i / c
   * with c = (sum g_j s_j) / (sum g_j) over g_j > 0, the mean score where the g_j are equal. It
   * keeps their sum and turns no correct rollout negative; where all are correct there is no
   * signal.
   */
  SIGN_SAFE(true) {
    @Override
    Vector apply(Input input) {
      Vector grpo = input.grpo();
      Vector scores = input.scores();
      double sum = 0;
      double weighted = 0;
      for (int i = 0; i < grpo.size(); i++) {
        if (grpo.get(i) > 0) {
          sum += grpo.get(i);
          weighted += grpo.get(i) * scores.get(i);
        }
      }
      if (weighted == 0) {
        return grpo;
      }
      double factor = sum / weighted;
      return Vector.of(
          grpo.size(), i -> grpo.get(i) > 0 ? grpo.get(i) * scores.get(i) * factor : grpo.get(i));
    }
  },
  /** (1 - lambda) GRPO of the rewards + lambda STD of the scores. */
  MIX(true) {
    @Override
    Vector apply(Input input) {
      Vector grpo = input.grpo();
      Vector own = STD.apply(input);
      double lambda = input.mixLambda();
      return Vector.of(grpo.size(), i -> (1 - lambda) * grpo.get(i) + lambda * own.get(i));
    }
  };

  private final boolean centered;

  Normalization(boolean centered) {
    this.centered = centered;
  }

  /** Whether the advantages sum to 0, to rounding. */
  boolean centered() {
    return centered;
  }

  /** The advantages [m]. */
  abstract Vector apply(Input input);

  /**
   * What a normalisation may look at.
   *
   * @param scores s [m]
   * @param rewards [m]
   * @param tieTolerance largest spread of scores that is a tie
   * @param epsilon added to a divisor
   * @param mixLambda in [0, 1]
   */
  record Input(
      Vector scores, Vector rewards, double tieTolerance, double epsilon, double mixLambda) {

    /** The function at each rollout; zeros where the scores are a tie. */
    Vector unlessTie(IntToDoubleFunction advantage) {
      return scores.spread() <= tieTolerance
          ? Vector.zero(scores.size())
          : Vector.of(scores.size(), advantage);
    }

    /** GRPO's advantages [m]. */
    Vector grpo() {
      return ZScore.of(rewards, Ties.REWARDS, epsilon);
    }
  }
}
