// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.safetensors;

import com.google.errorprone.annotations.Immutable;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How the values of a tensor are stored, by their names in the format. */
public enum TensorType {
  /** IEEE 754 binary64, read as the nearest float32. */
  F64(8, source -> (float) source.getDouble()),
  /** IEEE 754 binary32. */
  F32(4, ByteBuffer::getFloat),
  /** IEEE 754 binary16. */
  F16(2, source -> half(source.getShort())),
  /** The upper half of a binary32. */
  BF16(2, source -> Float.intBitsToFloat(source.getShort() << 16)),
  /** Never read. */
  F8_E5M2(1),
  /** Never read. */
  F8_E4M3(1),
  /** Never read. */
  I64(8),
  /** Never read. */
  I32(4),
  /** Never read. */
  I16(2),
  /** Never read. */
  I8(1),
  /** Never read. */
  U64(8),
  /** Never read. */
  U32(4),
  /** Never read. */
  U16(2),
  /** Never read. */
  U8(1),
  /** Never read. */
  BOOL(1);

  private final int bytes;
  private final @Nullable Reader reader;

  TensorType(int bytes, @Nullable Reader reader) {
    this.bytes = bytes;
    this.reader = reader;
  }

  TensorType(int bytes) {
    this(bytes, null);
  }

  /** Of one value. */
  int bytes() {
    return bytes;
  }

  /** True if its values can be had as float32. */
  public boolean isReadable() {
    return reader != null;
  }

  /** The next value of {@code source}, which must be little-endian. */
  float next(ByteBuffer source) {
    return Objects.requireNonNull(reader, "not readable").next(source);
  }

  private static float half(int bits) {
    int exponent = bits >> 10 & 0x1f;
    int fraction = bits & 0x3ff;
    float magnitude;
    if (exponent == 0x1f) {
      magnitude = fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
    } else if (exponent == 0) {
      magnitude = Math.scalb((float) fraction, -24);
    } else {
      magnitude = Math.scalb((float) (fraction | 0x400), exponent - 25);
    }
    return bits < 0 ? -magnitude : magnitude;
  }

  @Immutable
  @FunctionalInterface
  private interface Reader {
    float next(ByteBuffer source);
  }
}
