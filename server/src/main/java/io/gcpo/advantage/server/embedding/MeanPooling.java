// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

/**
 * Mean over real tokens, then Euclidean length 1. A text of several windows is averaged over the
 * tokens of all of them; since the length is normalised, sums serve for means. Sums are of type
 * double and run in the order of the tokens. Stateless.
 */
public final class MeanPooling {
  private MeanPooling() {}

  /** The sum [d] of the states of one window's first {@code tokens} tokens. */
  public static double[] sum(TokenStates states, int window, int tokens, int dimension) {
    float[] state = new float[dimension];
    double[] sum = new double[dimension];
    for (int token = 0; token < tokens; token++) {
      states.copyTo(window, token, state);
      for (int i = 0; i < dimension; i++) {
        sum[i] += state[i];
      }
    }
    return sum;
  }

  /**
   * {@code sum} [d] at length 1; throws {@link NonFiniteEmbeddingException} if a value is not
   * finite or all are 0.
   */
  public static Embedding normalise(double[] sum) {
    double squares = 0;
    for (double value : sum) {
      squares += value * value;
    }
    double norm = Math.sqrt(squares);
    float[] values = new float[sum.length];
    for (int i = 0; i < sum.length; i++) {
      values[i] = (float) (sum[i] / norm);
    }
    return Embedding.copyOf(values);
  }
}
