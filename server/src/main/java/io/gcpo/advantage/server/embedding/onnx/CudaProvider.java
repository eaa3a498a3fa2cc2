// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.onnx;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtProvider;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.providers.OrtCUDAProviderOptions;
import java.util.Base64;
import java.util.Optional;

/** ONNX Runtime's CUDA execution provider. */
final class CudaProvider {
  /** A model of one operation, {@code y = -x} on one float32. */
  private static final String NEGATION =
      "CAg6MgoLCgF4EgF5IgNOZWcSAXBaDwoBeBIKCggIARIECgIIAWIPCgF5EgoKCAgBEgQKAggBQgQKABAN";

  private CudaProvider() {}

  /** Why nothing can run on the GPU {@code index}; empty if something can. */
  static Optional<String> refusal(int index) {
    if (!OrtEnvironment.getAvailableProviders().contains(OrtProvider.CUDA)) {
      return Optional.of("no CUDA execution provider in this build (-Pcuda12 has it)");
    }
    // First of all: without it, loading the provider fails for want of a log to write the cause to.
    OrtEnvironment environment = OnnxEnvironment.get();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      // A provider that gives the operation back to the processor is of no use.
      options.addConfigEntry("session.disable_cpu_ep_fallback", "1");
      addTo(options, index);
      environment.createSession(Base64.getDecoder().decode(NEGATION), options).close();
      return Optional.empty();
    } catch (OrtException e) {
      String[] lines = String.valueOf(e.getMessage()).split("\n", 2);
      return Optional.of(
          "the CUDA provider cannot be used (it needs an NVIDIA driver, CUDA 12 and cuDNN 9): "
              + lines[0]);
    }
  }

  /** Makes a session of {@code options} run on the GPU {@code index}; throws if it cannot. */
  static void addTo(OrtSession.SessionOptions options, int index) throws OrtException {
    try (OrtCUDAProviderOptions cuda = new OrtCUDAProviderOptions(index)) {
      // The GPU belongs to somebody else too: take what a batch needs, not the next power of two.
      cuda.add("arena_extend_strategy", "kSameAsRequested");
      // TF32 keeps 10 bits of a factor, too few to be one model with the processor's.
      cuda.add("use_tf32", "0");
      // Inputs are written before and states are read after the batch, in its own order.
      cuda.add("do_copy_in_default_stream", "1");
      options.addCUDA(cuda);
    }
  }
}
