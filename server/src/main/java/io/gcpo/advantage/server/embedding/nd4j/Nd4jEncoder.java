// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.nd4j;

import io.gcpo.advantage.server.embedding.EmbeddingUnavailableException;
import io.gcpo.advantage.server.embedding.Encoder;
import io.gcpo.advantage.server.embedding.TokenStates;
import io.gcpo.advantage.server.embedding.WindowBatch;
import java.nio.FloatBuffer;
import java.util.OptionalInt;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Runs {@link BertForward} on the calling thread, in memory of its own that grows to the largest
 * batch. The states of a window depend on its batch in the last bits, since the matrix library
 * picks its kernels by the number of rows.
 */
final class Nd4jEncoder implements Encoder {
  /** Far below every score, and far from the end of float16 when a score is added. */
  private static final float MASKED = -3e4f;

  private final BertWeights weights;
  private final BertSizes sizes;
  private final OptionalInt gpu;
  private BertBuffers buffers;

  Nd4jEncoder(BertWeights weights, OptionalInt gpu) {
    this.weights = weights;
    this.gpu = gpu;
    this.sizes = weights.sizes();
    this.buffers = smallest();
  }

  @Override
  public TokenStates encode(WindowBatch batch) {
    try {
      return run(batch);
    } catch (RuntimeException e) {
      throw new EmbeddingUnavailableException("nd4j: " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    buffers.close();
  }

  private TokenStates run(WindowBatch batch) {
    // ND4J keeps the current GPU by thread.
    gpu.ifPresent(Nd4j.getAffinityManager()::unsafeSetDevice);
    int[] ids = ids(batch);
    int length = batch.paddedLength();
    long scores = Math.multiplyExact((long) ids.length * length, sizes.heads());
    if (!buffers.fits(ids.length, scores)) {
      buffers.close();
      // If there is no room for the batch, the next must not be written to what was given back.
      buffers = smallest();
      buffers = new BertBuffers(sizes, weights.type(), ids.length, scores);
    }
    INDArray rows = BertBuffers.rows(buffers.rows, ids.length, sizes.dimension());
    INDArray positioned = BertBuffers.rows(buffers.attended, ids.length, sizes.dimension());
    try (INDArray idArray = Nd4j.createFromArray(ids);
        INDArray positionArray = Nd4j.createFromArray(sizes.positions().of(batch));
        INDArray mask = mask(batch)) {
      gather(weights.words(), idArray, rows);
      gather(weights.positions(), positionArray, positioned);
      rows.addi(positioned);
      rows.assign(new BertForward(weights, buffers, batch.size(), length).run(rows, mask));
    }
    int dimension = sizes.dimension();
    FloatBuffer values = values(ids.length);
    return (window, token, target) ->
        values.get((window * length + token) * dimension, target, 0, dimension);
  }

  private BertBuffers smallest() {
    return new BertBuffers(sizes, weights.type(), 1, sizes.heads());
  }

  /** Padding is id 0. An id outside of the table would read foreign memory. */
  private int[] ids(WindowBatch batch) {
    int[] ids = new int[Math.multiplyExact(batch.size(), batch.paddedLength())];
    for (int window = 0; window < batch.size(); window++) {
      if (batch.length(window) > sizes.positions().longest()) {
        throw new IllegalArgumentException(
            "window: %d tokens (expected: <= %d)"
                .formatted(batch.length(window), sizes.positions().longest()));
      }
      for (int position = 0; position < batch.length(window); position++) {
        int id = batch.token(window, position);
        if (id < 0 || id >= sizes.vocabulary()) {
          throw new IllegalArgumentException(
              "token: %d (expected: 0 to %d)".formatted(id, sizes.vocabulary() - 1));
        }
        ids[window * batch.paddedLength() + position] = id;
      }
    }
    return ids;
  }

  /** In place on the processor; copied from a GPU. */
  private FloatBuffer values(int tokens) {
    if (gpu.isEmpty()) {
      return buffers.rows.data().asNioFloat();
    }
    INDArray rows = BertBuffers.rows(buffers.rows, tokens, sizes.dimension());
    try (INDArray floats = rows.castTo(DataType.FLOAT)) {
      return FloatBuffer.wrap(floats.data().asFloat());
    }
  }

  private INDArray mask(WindowBatch batch) {
    INDArray floats =
        Nd4j.create(maskValues(batch), new long[] {1, batch.size(), 1, batch.paddedLength()}, 'c');
    if (weights.type() == DataType.FLOAT) {
      return floats;
    }
    try (floats) {
      return floats.castTo(weights.type());
    }
  }

  private static float[] maskValues(WindowBatch batch) {
    float[] mask = new float[batch.size() * batch.paddedLength()];
    for (int i = 0; i < mask.length; i++) {
      boolean real = i % batch.paddedLength() < batch.length(i / batch.paddedLength());
      mask[i] = real ? 0 : MASKED;
    }
    return mask;
  }

  private static void gather(INDArray table, INDArray indices, INDArray rows) {
    Nd4j.exec(
        DynamicCustomOp.builder("gather")
            .addInputs(table, indices)
            .addOutputs(rows)
            .addIntegerArguments(0)
            .build());
  }
}
