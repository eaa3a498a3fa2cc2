// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.onnx;

import io.gcpo.advantage.server.embedding.TokenStates;
import io.gcpo.advantage.server.embedding.WindowBatch;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;

/** Memory outside the heap for one batch: its inputs and its states. Confined to one thread. */
final class OnnxBuffers {
  private final int capacity;
  private final int dimension;
  private final LongBuffer ids;
  private final LongBuffer mask;
  private final LongBuffer types;
  private final LongBuffer positions;
  private final FloatBuffer states;

  /** {@code capacity} tokens with padding, of {@code dimension} values each. */
  OnnxBuffers(int capacity, int dimension) {
    this.capacity = capacity;
    this.dimension = dimension;
    this.ids = longs(capacity);
    this.mask = longs(capacity);
    this.types = longs(capacity);
    this.positions = longs(capacity);
    this.states =
        direct(Math.multiplyExact(Math.multiplyExact(capacity, dimension), Float.BYTES))
            .asFloatBuffer();
  }

  int capacity() {
    return capacity;
  }

  /** Writes the ids and the mask; padding is id 0 with mask 0, types are 0, positions 0, 1, ... */
  void fill(WindowBatch batch) {
    int at = 0;
    for (int window = 0; window < batch.size(); window++) {
      int length = batch.length(window);
      for (int position = 0; position < batch.paddedLength(); position++, at++) {
        boolean real = position < length;
        ids.put(at, real ? batch.token(window, position) : 0);
        mask.put(at, real ? 1 : 0);
        positions.put(at, position);
      }
    }
  }

  /** The first {@code tokens} values of the input {@code name}. */
  LongBuffer input(String name, int tokens) {
    LongBuffer whole =
        switch (name) {
          case "input_ids" -> ids;
          case "attention_mask" -> mask;
          case "token_type_ids" -> types;
          case "position_ids" -> positions;
          default -> throw new IllegalArgumentException("input: " + name);
        };
    return whole.slice(0, tokens);
  }

  /** Room for the states of the first {@code tokens} tokens. */
  FloatBuffer output(int tokens) {
    return states.slice(0, tokens * dimension);
  }

  /** What was written to {@link #output}, by window and token. */
  TokenStates states(int paddedLength) {
    return (window, token, target) ->
        states.get((window * paddedLength + token) * dimension, target, 0, dimension);
  }

  /**
   * What was written to {@link #output}, a row a window, each of whose tokens is said to have it.
   */
  TokenStates vectors() {
    return (window, token, target) -> states.get(window * dimension, target, 0, dimension);
  }

  private static LongBuffer longs(int length) {
    return direct(Math.multiplyExact(length, Long.BYTES)).asLongBuffer();
  }

  private static ByteBuffer direct(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }
}
