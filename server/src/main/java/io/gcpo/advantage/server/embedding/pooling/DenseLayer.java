// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.pooling;

import com.google.common.hash.Hasher;
import com.google.common.hash.Hashing;
import java.util.Locale;

/**
 * A Dense module of sentence-transformers: activation(W x + b), W [out, in] row-major. Sums are of
 * type double, the bias first, then in the order of the inputs.
 */
public final class DenseLayer implements HeadLayer {
  /** What is done to each sum. */
  public enum Activation {
    /** Nothing. */
    IDENTITY,
    /** Hyperbolic tangent. */
    TANH
  }

  private final int inputs;
  private final int outputs;
  private final Activation activation;
  private final float[] weight;
  private final float[] bias;

  /** {@code weight} [bias.length, inputs] and {@code bias} are not copied: the layer keeps them. */
  public DenseLayer(int inputs, float[] weight, float[] bias, Activation activation) {
    this.inputs = inputs;
    this.outputs = bias.length;
    this.activation = activation;
    this.weight = weight;
    this.bias = bias;
  }

  @Override
  public double[] apply(double[] vector) {
    double[] result = new double[outputs];
    for (int output = 0; output < outputs; output++) {
      double sum = bias[output];
      int row = output * inputs;
      for (int input = 0; input < inputs; input++) {
        sum += weight[row + input] * vector[input];
      }
      result[output] = activation == Activation.TANH ? StrictMath.tanh(sum) : sum;
    }
    return result;
  }

  @Override
  public int outputDimension(int dimension) {
    return outputs;
  }

  @Override
  public String identity() {
    Hasher hasher = Hashing.sha256().newHasher();
    for (float value : weight) {
      hasher.putFloat(value);
    }
    for (float value : bias) {
      hasher.putFloat(value);
    }
    return "dense %d %d %s %s"
        .formatted(inputs, outputs, activation.name().toLowerCase(Locale.ROOT), hasher.hash());
  }
}
