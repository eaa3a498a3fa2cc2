// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.Maps;
import io.gcpo.advantage.server.embedding.TokenStates;
import io.gcpo.advantage.server.embedding.WindowBatch;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import java.util.function.IntBinaryOperator;

/** Memory outside the heap for one batch: its inputs and its states. Confined to one thread. */
final class OnnxBuffers {
  private final int capacity;
  private final OnnxOutput output;
  private final ImmutableMap<String, IntegerBuffer> inputs;
  private final ByteBuffer states;

  /** {@code capacity} tokens with padding. */
  OnnxBuffers(int capacity, OnnxSignature signature) {
    this.capacity = capacity;
    this.output = signature.output();
    this.inputs =
        ImmutableMap.copyOf(
            Maps.transformValues(signature.inputs(), type -> new IntegerBuffer(capacity, type)));
    int values = Math.multiplyExact(capacity, output.dimension());
    this.states = direct(Math.multiplyExact(values, output.type().size));
  }

  int capacity() {
    return capacity;
  }

  /**
   * Writes the inputs; padding is id 0 with mask 0, types are 0, positions 0, 1, ... in every row.
   */
  void fill(WindowBatch batch) {
    inputs.forEach((name, buffer) -> buffer.fill(batch, values(name, batch)));
  }

  /** The input {@code name} of {@code batch}, as {@link #fill} wrote it. */
  OnnxTensor input(OrtEnvironment environment, String name, WindowBatch batch) throws OrtException {
    long[] shape = {batch.size(), batch.paddedLength()};
    return Objects.requireNonNull(inputs.get(name)).tensor(environment, shape);
  }

  /** Room for the states of {@code batch}. */
  OnnxTensor output(OrtEnvironment environment, WindowBatch batch) throws OrtException {
    long[] shape = output.shape(batch.size(), batch.paddedLength());
    int values = output.index(batch.size(), 0, batch.paddedLength());
    ByteBuffer first = states.slice(0, values * output.type().size).order(states.order());
    return OnnxTensor.createTensor(environment, first, shape, output.type());
  }

  /** What was written to {@link #output}, by window and token. */
  TokenStates states(int paddedLength) {
    FloatReader reader = FloatReader.of(states, output.type());
    return (window, token, target) ->
        reader.copyTo(output.index(window, token, paddedLength), target);
  }

  private static IntBinaryOperator values(String name, WindowBatch batch) {
    return switch (name) {
      case "input_ids" ->
          (window, position) -> position < batch.length(window) ? batch.token(window, position) : 0;
      case "attention_mask" -> (window, position) -> position < batch.length(window) ? 1 : 0;
      case "token_type_ids" -> (window, position) -> 0;
      case "position_ids" -> (window, position) -> position;
      default -> throw new IllegalArgumentException("input: " + name);
    };
  }

  static ByteBuffer direct(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }
}
