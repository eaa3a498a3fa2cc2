// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.gcpo.advantage.server.embedding.Device;
import java.nio.file.Path;

/**
 * How sessions are opened. Encoders run side by side, each with the threads of its own batches;
 * what the other settings are worth was not measured one by one.
 */
final class OnnxSession {
  private OnnxSession() {}

  /** Loads {@code model} on {@code device}; fails rather than run on another one. */
  static OrtSession open(OrtEnvironment environment, Path model, Device device, int threads)
      throws OrtException {
    try (OrtSession.SessionOptions options = options(threads)) {
      if (device.cudaIndex().isPresent()) {
        CudaProvider.addTo(options, device.cudaIndex().getAsInt());
      }
      return environment.createSession(model.toString(), options);
    }
  }

  /** For a model on the processor. */
  static OrtSession.SessionOptions options(int threads) throws OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    // ONNX Runtime's own default. Of these settings only the arena matters: see benchmarks.md.
    options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
    options.setExecutionMode(OrtSession.SessionOptions.ExecutionMode.SEQUENTIAL);
    options.setIntraOpNumThreads(threads);
    options.setInterOpNumThreads(1);
    // A plan is kept for each shape of a batch, and there are hundreds of shapes.
    options.setMemoryPatternOptimization(false);
    options.setCPUArenaAllocator(true);
    return options;
  }
}
