// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import io.gcpo.advantage.server.embedding.WindowBatch;
import java.nio.ByteBuffer;
import java.util.function.IntBinaryOperator;

/** Whole numbers outside the heap, stored as int64 or int32. Confined to one thread. */
final class IntegerBuffer {
  private final ByteBuffer bytes;
  private final OnnxJavaType type;

  /** Zeros. */
  IntegerBuffer(int length, OnnxJavaType type) {
    this.bytes = OnnxBuffers.direct(Math.multiplyExact(length, type.size));
    this.type = type;
  }

  /** Writes a value for each position of each window of {@code batch}, row after row. */
  void fill(WindowBatch batch, IntBinaryOperator values) {
    int at = 0;
    for (int window = 0; window < batch.size(); window++) {
      for (int position = 0; position < batch.paddedLength(); position++, at++) {
        put(at, values.applyAsInt(window, position));
      }
    }
  }

  /** A view of the first numbers. */
  OnnxTensor tensor(OrtEnvironment environment, long[] shape) throws OrtException {
    int size = Math.toIntExact(shape[0] * shape[1] * type.size);
    ByteBuffer first = bytes.slice(0, size).order(bytes.order());
    return OnnxTensor.createTensor(environment, first, shape, type);
  }

  private void put(int index, int value) {
    if (type == OnnxJavaType.INT64) {
      bytes.putLong(index * Long.BYTES, value);
    } else {
      bytes.putInt(index * Integer.BYTES, value);
    }
  }
}
