// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

import java.nio.ByteBuffer;

/** The types of safetensors that can be read, each of which float32 holds exactly. */
enum FloatType {
  /** IEEE 754 binary32. */
  F32(4) {
    @Override
    float next(ByteBuffer source) {
      return source.getFloat();
    }
  },
  /** IEEE 754 binary16. */
  F16(2) {
    @Override
    float next(ByteBuffer source) {
      int bits = source.getShort();
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
  },
  /** The upper half of a binary32. */
  BF16(2) {
    @Override
    float next(ByteBuffer source) {
      return Float.intBitsToFloat(source.getShort() << 16);
    }
  };

  private final int bytes;

  FloatType(int bytes) {
    this.bytes = bytes;
  }

  /** Of one value. */
  int bytes() {
    return bytes;
  }

  /** The next value of {@code source}, which must be little-endian. */
  abstract float next(ByteBuffer source);
}
