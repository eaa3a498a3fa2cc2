// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.gcpo.advantage.server.embedding.Encoder;
import io.gcpo.advantage.server.embedding.TokenStates;
import io.gcpo.advantage.server.embedding.WindowBatch;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Runs the shared session on the calling thread. Inputs and outputs lie in buffers of its own
 * outside the heap, which ONNX Runtime reads and writes in place and the next batch reuses.
 */
final class OnnxEncoder implements Encoder {
  private final OrtEnvironment environment;
  private final OrtSession session;
  private final OnnxSignature signature;
  private OnnxBuffers buffers;

  OnnxEncoder(OrtEnvironment environment, OrtSession session, OnnxSignature signature) {
    this.environment = environment;
    this.session = session;
    this.signature = signature;
    this.buffers = new OnnxBuffers(0, signature);
  }

  @Override
  public TokenStates encode(WindowBatch batch) {
    int tokens = Math.multiplyExact(batch.size(), batch.paddedLength());
    if (tokens > buffers.capacity()) {
      buffers = new OnnxBuffers(tokens, signature);
    }
    buffers.fill(batch);
    try {
      run(batch);
    } catch (OrtException e) {
      throw OnnxFailure.of(e);
    }
    return buffers.states(batch.paddedLength());
  }

  @Override
  public void close() {
    buffers = new OnnxBuffers(0, signature);
  }

  private void run(WindowBatch batch) throws OrtException {
    Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
    try (OnnxTensor states = buffers.output(environment, batch)) {
      for (String name : signature.inputs().keySet()) {
        inputs.put(name, buffers.input(environment, name, batch));
      }
      session.run(inputs, Map.of(signature.output().name(), states)).close();
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }
}
