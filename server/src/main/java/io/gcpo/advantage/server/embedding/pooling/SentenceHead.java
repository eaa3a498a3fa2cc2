// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.pooling;

import com.google.common.collect.ImmutableList;
import io.gcpo.advantage.server.embedding.Embedding;
import io.gcpo.advantage.server.embedding.NonFiniteEmbeddingException;
import io.gcpo.advantage.server.embedding.TokenStates;
import java.util.List;

/**
 * Makes an embedding of the states of tokens: pooling, layers, Euclidean length 1. A text of
 * several windows has the mean of their pooled vectors, weighted by their tokens. Sums are of type
 * double and run in the order of the tokens. Immutable.
 */
public final class SentenceHead {
  private final int stateDimension;
  private final ImmutableList<PoolingMode> modes;
  private final ImmutableList<HeadLayer> layers;

  SentenceHead(int stateDimension, List<PoolingMode> modes, List<HeadLayer> layers) {
    this.stateDimension = stateDimension;
    this.modes = ImmutableList.copyOf(modes);
    this.layers = ImmutableList.copyOf(layers);
  }

  /** Length of an embedding. */
  public int dimension() {
    int dimension = modes.size() * stateDimension;
    for (HeadLayer layer : layers) {
      dimension = layer.outputDimension(dimension);
    }
    return dimension;
  }

  /**
   * The pooled vector of one window's first {@code tokens} tokens, times {@code tokens}: the
   * windows of a text can be added up.
   */
  public double[] pool(TokenStates states, int window, int tokens) {
    float[] state = new float[stateDimension];
    double[] pooled = new double[modes.size() * stateDimension];
    for (int i = 0; i < modes.size(); i++) {
      PoolingMode.Sink sink = new PoolingMode.Sink(pooled, i * stateDimension);
      modes.get(i).add(states, window, tokens, state, sink);
    }
    return pooled;
  }

  /**
   * The embedding of a text whose windows were pooled to {@code sum}, over {@code tokens} tokens in
   * all; throws {@link NonFiniteEmbeddingException} if a value is not finite or all are 0.
   */
  public Embedding finish(double[] sum, long tokens) {
    double[] vector = layers.isEmpty() ? sum : mean(sum, tokens);
    for (HeadLayer layer : layers) {
      vector = layer.apply(vector);
    }
    double[] unit = new UnitLengthLayer().apply(vector);
    float[] values = new float[unit.length];
    for (int i = 0; i < unit.length; i++) {
      values[i] = (float) unit[i];
    }
    return Embedding.copyOf(values);
  }

  private static double[] mean(double[] sum, long tokens) {
    double[] mean = new double[sum.length];
    for (int i = 0; i < sum.length; i++) {
      mean[i] = sum[i] / tokens;
    }
    return mean;
  }
}
