// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.TensorInfo;
import com.google.common.collect.ImmutableList;
import io.gcpo.advantage.server.embedding.InvalidModelException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The output that holds the last hidden states, or vectors of whole windows.
 *
 * @param name for example {@code last_hidden_state}
 * @param dimension d of its shape [n, length, d] or [n, d]
 * @param pooled whether the shape is [n, d]
 */
record OnnxOutput(String name, int dimension, boolean pooled) {

  private static final ImmutableList<String> NAMES =
      ImmutableList.of("last_hidden_state", "token_embeddings");
  private static final String POOLED = "sentence_embedding";

  /**
   * The float32 output [n, length, d] of one of the usual names, else the only one of that shape,
   * else {@code sentence_embedding} [n, d]. Throws {@link InvalidModelException}.
   */
  static OnnxOutput find(Path model, Map<String, NodeInfo> outputs) {
    List<OnnxOutput> states = new ArrayList<>();
    for (NodeInfo output : outputs.values()) {
      if (output.getInfo() instanceof TensorInfo info && info.type == OnnxJavaType.FLOAT) {
        long[] shape = info.getShape();
        boolean pooled = shape.length == 2 && output.getName().equals(POOLED);
        if ((shape.length == 3 || pooled) && shape[shape.length - 1] >= 1) {
          int dimension = Math.toIntExact(shape[shape.length - 1]);
          states.add(new OnnxOutput(output.getName(), dimension, pooled));
        }
      }
    }
    List<OnnxOutput> tokens = states.stream().filter(output -> !output.pooled()).toList();
    return states.stream()
        .filter(output -> NAMES.contains(output.name()))
        .findFirst()
        .or(() -> tokens.isEmpty() ? states.stream().findFirst() : Optional.empty())
        .or(() -> tokens.size() == 1 ? tokens.stream().findFirst() : Optional.empty())
        .orElseThrow(
            () ->
                new InvalidModelException(
                    model,
                    "outputs: %s (expected: float32 [n, length, d])".formatted(outputs.values())));
  }

  /** For {@code windows} of {@code paddedLength} tokens. */
  long[] shape(int windows, int paddedLength) {
    return pooled ? new long[] {windows, dimension} : new long[] {windows, paddedLength, dimension};
  }

  /** Rows of length d for {@code windows} of {@code paddedLength} tokens. */
  int rows(int windows, int paddedLength) {
    return pooled ? windows : windows * paddedLength;
  }
}
