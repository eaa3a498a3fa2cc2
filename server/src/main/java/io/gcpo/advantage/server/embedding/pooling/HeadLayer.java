// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.pooling;

/** What happens to a pooled vector. Immutable. */
public sealed interface HeadLayer permits DenseLayer, UnitLengthLayer {
  /** The vector that {@code vector} becomes; may be the same array. */
  double[] apply(double[] vector);

  /** Length of the result for a vector of length {@code dimension}. */
  int outputDimension(int dimension);

  /** One line for the fingerprint: all that shapes the result. */
  String identity();
}
