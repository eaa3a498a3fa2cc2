// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.nd4j;

import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Memory outside the heap for the intermediate values of one batch, reused by the next. Confined to
 * one thread.
 */
final class BertBuffers implements AutoCloseable {
  private final long tokens;
  private final long scoreCount;
  final INDArray rows;
  final INDArray states;
  final INDArray attended;
  final INDArray queryKeyValue;
  final INDArray context;
  final INDArray inner;
  final INDArray gate;
  final INDArray scores;
  final INDArray statistics;

  /** For up to {@code tokens} tokens with padding, and {@code scoreCount} attention scores. */
  BertBuffers(BertSizes sizes, DataType type, long tokens, long scoreCount) {
    long d = sizes.dimension();
    this.tokens = tokens;
    this.scoreCount = scoreCount;
    // The largest comes first: if it does not fit, nothing else was taken.
    this.scores = memory(type, scoreCount);
    this.rows = memory(type, tokens * d);
    this.states = memory(type, tokens * d);
    this.attended = memory(type, tokens * d);
    this.queryKeyValue = memory(type, 3 * tokens * d);
    this.context = memory(type, tokens * d);
    this.inner = memory(type, tokens * sizes.inner());
    this.gate = memory(type, tokens * sizes.inner());
    this.statistics = memory(type, tokens * sizes.heads());
  }

  /** Whether a batch of this size fits. */
  boolean fits(long neededTokens, long neededScores) {
    return neededTokens <= tokens && neededScores <= scoreCount;
  }

  /** The first values of {@code memory} as a matrix with contiguous columns. */
  static INDArray columns(INDArray memory, long rows, long columns) {
    return view(memory, 0, new long[] {rows, columns}, new long[] {1, rows}, 'f');
  }

  /** The first values of {@code memory} as a matrix with contiguous rows. */
  static INDArray rows(INDArray memory, long rows, long columns) {
    return view(memory, 0, new long[] {rows, columns}, new long[] {columns, 1}, 'c');
  }

  static INDArray view(INDArray memory, long offset, long[] shape, long[] strides, char order) {
    return Nd4j.create(memory.data(), shape, strides, offset, order);
  }

  @Override
  public void close() {
    List.of(rows, states, attended, queryKeyValue, context, inner, gate, scores, statistics)
        .forEach(INDArray::close);
  }

  private static INDArray memory(DataType type, long count) {
    return Nd4j.create(type, count);
  }
}
