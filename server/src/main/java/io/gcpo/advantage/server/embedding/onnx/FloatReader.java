// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.platform.Fp16Conversions;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;

/** Reads a buffer as float32; float16 and bfloat16 are widened, which is exact. */
@FunctionalInterface
interface FloatReader {
  /** Fills {@code target} with the values from {@code index} on. */
  void copyTo(int index, float[] target);

  /** Reads {@code bytes}, which hold values of one of {@link OnnxOutput#TYPES}. */
  static FloatReader of(ByteBuffer bytes, OnnxJavaType type) {
    if (type == OnnxJavaType.FLOAT) {
      FloatBuffer floats = bytes.asFloatBuffer();
      return (index, target) -> floats.get(index, target);
    }
    ShortBuffer halves = bytes.asShortBuffer();
    if (type == OnnxJavaType.FLOAT16) {
      return (index, target) -> {
        for (int i = 0; i < target.length; i++) {
          target[i] = Fp16Conversions.fp16ToFloat(halves.get(index + i));
        }
      };
    }
    return (index, target) -> {
      for (int i = 0; i < target.length; i++) {
        target[i] = Fp16Conversions.bf16ToFloat(halves.get(index + i));
      }
    };
  }
}
