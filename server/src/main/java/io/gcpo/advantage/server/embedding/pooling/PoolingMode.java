// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.pooling;

import io.gcpo.advantage.server.embedding.TokenStates;

/**
 * How the states of a window's n real tokens become one vector [d], as sentence-transformers does
 * it. What {@link #add} adds is n times that vector, so that the windows of a text, added up, weigh
 * as much as they have tokens, and a mean over tokens is a plain sum.
 */
public enum PoolingMode {
  /** The first token's. */
  CLS("cls", "pooling_mode_cls_token") {
    @Override
    void add(TokenStates states, int window, int tokens, float[] state, Sink sink) {
      states.copyTo(window, 0, state);
      for (int i = 0; i < state.length; i++) {
        sink.add(i, (double) state[i] * tokens);
      }
    }
  },
  /** The greatest value of each coordinate. */
  MAX("max", "pooling_mode_max_tokens") {
    @Override
    void add(TokenStates states, int window, int tokens, float[] state, Sink sink) {
      states.copyTo(window, 0, state);
      float[] greatest = state.clone();
      for (int token = 1; token < tokens; token++) {
        states.copyTo(window, token, state);
        for (int i = 0; i < state.length; i++) {
          greatest[i] = Math.max(greatest[i], state[i]);
        }
      }
      for (int i = 0; i < state.length; i++) {
        sink.add(i, (double) greatest[i] * tokens);
      }
    }
  },
  /** The mean. */
  MEAN("mean", "pooling_mode_mean_tokens") {
    @Override
    void add(TokenStates states, int window, int tokens, float[] state, Sink sink) {
      for (int token = 0; token < tokens; token++) {
        states.copyTo(window, token, state);
        for (int i = 0; i < state.length; i++) {
          sink.add(i, state[i]);
        }
      }
    }
  },
  /** The sum over the square root of n. */
  MEAN_SQRT_LENGTH("mean_sqrt_len_tokens", "pooling_mode_mean_sqrt_len_tokens") {
    @Override
    void add(TokenStates states, int window, int tokens, float[] state, Sink sink) {
      double scale = Math.sqrt(tokens);
      for (int token = 0; token < tokens; token++) {
        states.copyTo(window, token, state);
        for (int i = 0; i < state.length; i++) {
          sink.add(i, scale * state[i]);
        }
      }
    }
  },
  /** The mean with weights 1, 2, ..., n. */
  WEIGHTED_MEAN("weightedmean", "pooling_mode_weightedmean_tokens") {
    @Override
    void add(TokenStates states, int window, int tokens, float[] state, Sink sink) {
      // n over the weights' sum n (n + 1) / 2.
      double scale = 2.0 / (tokens + 1.0);
      for (int token = 0; token < tokens; token++) {
        states.copyTo(window, token, state);
        for (int i = 0; i < state.length; i++) {
          sink.add(i, scale * (token + 1.0) * state[i]);
        }
      }
    }
  },
  /** The last token's. */
  LAST_TOKEN("lasttoken", "pooling_mode_lasttoken") {
    @Override
    void add(TokenStates states, int window, int tokens, float[] state, Sink sink) {
      states.copyTo(window, tokens - 1, state);
      for (int i = 0; i < state.length; i++) {
        sink.add(i, (double) state[i] * tokens);
      }
    }
  };

  private final String label;
  private final String flag;

  PoolingMode(String label, String flag) {
    this.label = label;
    this.flag = flag;
  }

  /** Its name in {@code pooling_mode}, since version 5 of sentence-transformers. */
  public String label() {
    return label;
  }

  /** The key that switched it on before. */
  public String flag() {
    return flag;
  }

  /** Adds n times the pooled vector to {@code sink}; {@code state} is room for one state [d]. */
  abstract void add(TokenStates states, int window, int tokens, float[] state, Sink sink);

  /** The part [d] of a vector that takes one mode's values. */
  static final class Sink {
    private final double[] target;
    private final int offset;

    /** Writes to {@code target[offset]} and behind. */
    Sink(double[] target, int offset) {
      this.target = target;
      this.offset = offset;
    }

    void add(int index, double value) {
      target[offset + index] += value;
    }
  }
}
