// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.onnx;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import io.gcpo.advantage.server.embedding.InvalidModelException;
import java.nio.file.Path;
import java.util.Map;

/**
 * What a model takes and gives.
 *
 * @param inputs its integer type, int64 or int32, for each name
 * @param output the states
 */
record OnnxSignature(Map<String, OnnxJavaType> inputs, OnnxOutput output) {
  private static final ImmutableSet<String> KNOWN_INPUTS =
      ImmutableSet.of("input_ids", "attention_mask", "token_type_ids", "position_ids");
  private static final ImmutableSet<OnnxJavaType> INPUT_TYPES =
      ImmutableSet.of(OnnxJavaType.INT64, OnnxJavaType.INT32);

  OnnxSignature {
    inputs = ImmutableMap.copyOf(inputs);
  }

  /** Of {@code session}, which {@code model} was loaded into; throws InvalidModelException. */
  static OnnxSignature of(Path model, OrtSession session) throws OrtException {
    return new OnnxSignature(
        inputs(model, session.getInputInfo()), OnnxOutput.find(model, session.getOutputInfo()));
  }

  private static ImmutableMap<String, OnnxJavaType> inputs(
      Path model, Map<String, NodeInfo> inputs) {
    if (!KNOWN_INPUTS.containsAll(inputs.keySet()) || !inputs.containsKey("input_ids")) {
      throw new InvalidModelException(
          model, "inputs: %s (expected: among %s)".formatted(inputs.keySet(), KNOWN_INPUTS));
    }
    ImmutableMap.Builder<String, OnnxJavaType> types = ImmutableMap.builder();
    for (NodeInfo input : inputs.values()) {
      if (!(input.getInfo() instanceof TensorInfo info)
          || !INPUT_TYPES.contains(info.type)
          || info.getShape().length != 2) {
        throw new InvalidModelException(
            model,
            "input %s: %s (expected: int64 or int32 [n, length])"
                .formatted(input.getName(), input.getInfo()));
      }
      types.put(input.getName(), info.type);
    }
    return types.buildOrThrow();
  }
}
