// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** An immutable vector [d] of finite float32 values. */
public final class Embedding {
  private final float[] values;

  private Embedding(float[] values) {
    this.values = values;
  }

  /** Copies the values; throws {@link NonFiniteEmbeddingException} if one is not finite. */
  public static Embedding copyOf(float[] values) {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        throw new NonFiniteEmbeddingException();
      }
    }
    return new Embedding(values.clone());
  }

  /** d. */
  public int dimension() {
    return values.length;
  }

  /** The value at {@code index}, in [0, d). */
  public float get(int index) {
    return values[index];
  }

  /** Copies the values to {@code target[offset]} and behind. */
  public void copyTo(float[] target, int offset) {
    System.arraycopy(values, 0, target, offset, values.length);
  }

  /** Appends the values to {@code target}, which must be little-endian. */
  public void putInto(ByteBuffer target) {
    if (target.order() != ByteOrder.LITTLE_ENDIAN) {
      throw new IllegalArgumentException("byte order: big-endian (expected: little-endian)");
    }
    for (float value : values) {
      target.putFloat(value);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Embedding that && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "Embedding[" + values.length + "]";
  }
}
