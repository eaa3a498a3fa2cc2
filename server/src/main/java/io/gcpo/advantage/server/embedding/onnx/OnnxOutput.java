// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.TensorInfo;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
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
 * @param type of its values, one of {@link #TYPES}
 * @param pooled whether the shape is [n, d]
 */
record OnnxOutput(String name, int dimension, OnnxJavaType type, boolean pooled) {
  /** What a hidden state may be stored as; float16 and bfloat16 are widened. */
  static final ImmutableSet<OnnxJavaType> TYPES =
      ImmutableSet.of(OnnxJavaType.FLOAT, OnnxJavaType.FLOAT16, OnnxJavaType.BFLOAT16);

  /** Far above any model's; buffers are sized by it. */
  private static final long MAX_DIMENSION = 1 << 16;

  private static final ImmutableList<String> NAMES =
      ImmutableList.of("last_hidden_state", "token_embeddings");
  private static final String POOLED = "sentence_embedding";

  /**
   * The output [n, length, d] of one of the usual names, else the only one of that shape; if there
   * is none of that shape, {@code sentence_embedding} [n, d]. Throws {@link InvalidModelException}.
   */
  static OnnxOutput find(Path model, Map<String, NodeInfo> outputs) {
    List<OnnxOutput> usable = new ArrayList<>();
    outputs.values().forEach(output -> read(output).ifPresent(usable::add));
    List<OnnxOutput> tokens = usable.stream().filter(output -> !output.pooled()).toList();
    return tokens.stream()
        .filter(output -> NAMES.contains(output.name()))
        .findFirst()
        .or(() -> tokens.isEmpty() ? usable.stream().findFirst() : Optional.empty())
        .or(() -> tokens.size() == 1 ? tokens.stream().findFirst() : Optional.empty())
        .orElseThrow(
            () ->
                new InvalidModelException(
                    model,
                    "outputs: %s (expected: one of float [n, length, d], or one of them called %s)"
                        .formatted(outputs.values(), NAMES)));
  }

  private static Optional<OnnxOutput> read(NodeInfo output) {
    if (!(output.getInfo() instanceof TensorInfo info) || !TYPES.contains(info.type)) {
      return Optional.empty();
    }
    long[] shape = info.getShape();
    boolean pooled = shape.length == 2 && output.getName().equals(POOLED);
    if (!pooled && shape.length != 3) {
      return Optional.empty();
    }
    long dimension = shape[shape.length - 1];
    return dimension >= 1 && dimension <= MAX_DIMENSION
        ? Optional.of(
            new OnnxOutput(output.getName(), Math.toIntExact(dimension), info.type, pooled))
        : Optional.empty();
  }

  /** For {@code windows} of {@code paddedLength} tokens. */
  long[] shape(int windows, int paddedLength) {
    return pooled ? new long[] {windows, dimension} : new long[] {windows, paddedLength, dimension};
  }

  /** Where the state of a token begins, in values. Each token of a pooled window has its vector. */
  int index(int window, int token, int paddedLength) {
    return (pooled ? window : window * paddedLength + token) * dimension;
  }
}
