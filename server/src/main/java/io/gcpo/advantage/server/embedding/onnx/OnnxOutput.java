// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.TensorInfo;
import io.gcpo.advantage.server.embedding.InvalidModelException;
import java.nio.file.Path;
import java.util.Map;

/**
 * The output that holds the last hidden states.
 *
 * @param name for example {@code last_hidden_state}
 * @param dimension d of its shape [n, length, d]
 */
record OnnxOutput(String name, int dimension) {

  /** The first output of float32 with the shape [n, length, d]. */
  static OnnxOutput find(Path model, Map<String, NodeInfo> outputs) {
    for (NodeInfo output : outputs.values()) {
      if (output.getInfo() instanceof TensorInfo info && info.type == OnnxJavaType.FLOAT) {
        long[] shape = info.getShape();
        if (shape.length == 3 && shape[2] >= 1) {
          return new OnnxOutput(output.getName(), Math.toIntExact(shape[2]));
        }
      }
    }
    throw new InvalidModelException(
        model, "outputs: %s (expected: float32 [n, length, d])".formatted(outputs.values()));
  }
}
