// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.onnx;

import io.gcpo.advantage.server.embedding.Device;
import io.gcpo.advantage.server.embedding.EncoderFactory;
import io.gcpo.advantage.server.embedding.EncodingEngine;
import io.gcpo.advantage.server.embedding.InvalidModelException;
import io.gcpo.advantage.server.embedding.model.ModelDirectory;
import java.util.Optional;

/** ONNX Runtime, on the processor and, in a distribution of {@code -Pcuda12}, on CUDA. */
public final class OnnxEngine implements EncodingEngine {
  @Override
  public String name() {
    return "onnxruntime";
  }

  /** Tries the GPU with a model of one operation, so that a missing library is found here. */
  @Override
  public Optional<String> refusal(ModelDirectory model, Device device) {
    if (model.onnxFile().isEmpty()) {
      return Optional.of("no ONNX file in the model's directory (nd4j reads safetensors)");
    }
    return device.cudaIndex().isEmpty()
        ? Optional.empty()
        : CudaProvider.refusal(device.cudaIndex().getAsInt());
  }

  /**
   * A graph that gives vectors of whole windows may hold any of the model's modules: where that
   * matters it is refused, since no file says which.
   */
  @Override
  public EncoderFactory open(ModelDirectory model, Device device, int threads) {
    OnnxEncoderFactory factory = OnnxEncoderFactory.open(model.modelFile(), device, threads);
    if (factory.isPooled() && !model.pipeline().isOnePooling()) {
      factory.close();
      throw new InvalidModelException(
          model.modelFile(),
          "output: [n, d] (expected: [n, length, d], as the model has several poolings or layers"
              + " behind them)");
    }
    return factory;
  }
}
