// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.TensorInfo;
import com.google.common.collect.ImmutableSet;
import io.gcpo.advantage.server.embedding.InvalidModelException;
import java.nio.file.Path;
import java.util.Map;

/**
 * The output that holds the last hidden states.
 *
 * @param name for example {@code last_hidden_state}
 * @param dimension d of its shape [n, length, d]
 * @param type of its values, one of {@link #TYPES}
 */
record OnnxOutput(String name, int dimension, OnnxJavaType type) {
  /** Far above any model's; buffers are sized by it. */
  private static final long MAX_DIMENSION = 1 << 16;

  /** What a hidden state may be stored as; float16 and bfloat16 are widened. */
  static final ImmutableSet<OnnxJavaType> TYPES =
      ImmutableSet.of(OnnxJavaType.FLOAT, OnnxJavaType.FLOAT16, OnnxJavaType.BFLOAT16);

  /** The first output of one of {@link #TYPES} with the shape [n, length, d]. */
  static OnnxOutput find(Path model, Map<String, NodeInfo> outputs) {
    for (NodeInfo output : outputs.values()) {
      if (output.getInfo() instanceof TensorInfo info && TYPES.contains(info.type)) {
        long[] shape = info.getShape();
        if (shape.length == 3 && shape[2] >= 1 && shape[2] <= MAX_DIMENSION) {
          return new OnnxOutput(output.getName(), Math.toIntExact(shape[2]), info.type);
        }
      }
    }
    throw new InvalidModelException(
        model, "outputs: %s (expected: float [n, length, d])".formatted(outputs.values()));
  }
}
