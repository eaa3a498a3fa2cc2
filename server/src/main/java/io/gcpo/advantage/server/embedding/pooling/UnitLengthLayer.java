// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.pooling;

import io.gcpo.advantage.server.embedding.NonFiniteEmbeddingException;

/** Brings a vector to Euclidean length 1. */
public record UnitLengthLayer() implements HeadLayer {
  /** Throws {@link NonFiniteEmbeddingException} if a value is not finite or all are 0. */
  @Override
  public double[] apply(double[] vector) {
    double squares = 0;
    for (double value : vector) {
      squares += value * value;
    }
    double norm = Math.sqrt(squares);
    if (!(norm > 0 && norm < Double.POSITIVE_INFINITY)) {
      throw new NonFiniteEmbeddingException();
    }
    double[] unit = new double[vector.length];
    for (int i = 0; i < vector.length; i++) {
      unit[i] = vector[i] / norm;
    }
    return unit;
  }

  @Override
  public int outputDimension(int dimension) {
    return dimension;
  }

  @Override
  public String identity() {
    return "normalisation l2";
  }
}
