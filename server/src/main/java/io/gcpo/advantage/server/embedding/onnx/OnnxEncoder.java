// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.gcpo.advantage.server.embedding.EmbeddingUnavailableException;
import io.gcpo.advantage.server.embedding.Encoder;
import io.gcpo.advantage.server.embedding.TokenStates;
import io.gcpo.advantage.server.embedding.WindowBatch;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Runs the shared session on the calling thread. Inputs and outputs lie in buffers of its own
 * outside the heap, which ONNX Runtime reads and writes in place and the next batch reuses.
 */
final class OnnxEncoder implements Encoder {
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final OnnxOutput output;
  private OnnxBuffers buffers;

  OnnxEncoder(OrtEnvironment environment, OrtSession session, OnnxOutput output) {
    this.environment = environment;
    this.session = session;
    this.output = output;
    this.buffers = new OnnxBuffers(0, output.dimension());
  }

  @Override
  public TokenStates encode(WindowBatch batch) {
    int tokens = Math.multiplyExact(batch.size(), batch.paddedLength());
    if (tokens > buffers.capacity()) {
      buffers = new OnnxBuffers(tokens, output.dimension());
    }
    buffers.fill(batch);
    try {
      run(batch, tokens);
    } catch (OrtException e) {
      throw new EmbeddingUnavailableException("onnxruntime: " + e.getMessage(), e);
    }
    return output.pooled() ? buffers.vectors() : buffers.states(batch.paddedLength());
  }

  @Override
  public void close() {
    buffers = new OnnxBuffers(0, output.dimension());
  }

  private void run(WindowBatch batch, int tokens) throws OrtException {
    long[] shape = {batch.size(), batch.paddedLength()};
    long[] outputShape = output.shape(batch.size(), batch.paddedLength());
    Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
    FloatBuffer target = buffers.output(output.rows(batch.size(), batch.paddedLength()));
    try (OnnxTensor states = OnnxTensor.createTensor(environment, target, outputShape)) {
      for (String name : session.getInputNames()) {
        LongBuffer source = buffers.input(name, tokens);
        inputs.put(name, OnnxTensor.createTensor(environment, source, shape));
      }
      session.run(inputs, Map.of(output.name(), states)).close();
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }
}
