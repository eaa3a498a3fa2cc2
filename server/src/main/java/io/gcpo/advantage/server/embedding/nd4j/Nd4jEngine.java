// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.nd4j;

import io.gcpo.advantage.server.embedding.Device;
import io.gcpo.advantage.server.embedding.EmbeddingUnavailableException;
import io.gcpo.advantage.server.embedding.EncoderFactory;
import io.gcpo.advantage.server.embedding.EncodingEngine;
import io.gcpo.advantage.server.embedding.InvalidModelException;
import io.gcpo.advantage.server.embedding.model.ModelDirectory;
import java.util.Optional;

/**
 * The BERT family in ND4J, with the weights in {@code model.safetensors} or else those in the
 * model's ONNX file; one that {@code embedding.model-file} names comes first. On the processor all
 * is float32, and the company of a text changes a value of its embedding by up to 1e-6. On a GPU
 * all is float16; no GPU has run this code yet.
 *
 * <p>ND4J is not in every distribution, so this class knows nothing of the library itself and can
 * be asked where it is missing. Thread-safe. The number of threads and ND4J's backend belong to the
 * whole process: the number that the last model was opened with holds for all.
 */
public final class Nd4jEngine implements EncodingEngine {
  private final Nd4jLibrary library;
  private final GpuCapabilities gpus;

  /** With the ND4J on this class's own class path and the GPUs of this machine. */
  public Nd4jEngine() {
    this(new Nd4jLibrary(Nd4jEngine.class.getClassLoader()), new NvidiaSmi());
  }

  Nd4jEngine(Nd4jLibrary library, GpuCapabilities gpus) {
    this.library = library;
    this.gpus = gpus;
  }

  @Override
  public String name() {
    return "nd4j";
  }

  @Override
  public Optional<String> refusal(ModelDirectory model, Device device) {
    Optional<String> ofDevice = refusal(device);
    if (ofDevice.isPresent()) {
      return ofDevice;
    }
    try {
      BertModel.check(model);
      return Optional.empty();
    } catch (InvalidModelException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public EncoderFactory open(ModelDirectory model, Device device, int threads) {
    refusal(device)
        .ifPresent(
            reason -> {
              throw new EmbeddingUnavailableException("nd4j: " + reason);
            });
    BertModel checked = BertModel.check(model);
    JavaCppLimits.lift();
    try {
      return Nd4jEncoderFactory.open(checked, device, threads);
    } catch (LinkageError e) {
      throw new EmbeddingUnavailableException("nd4j: its natives do not load", e);
    }
  }

  private Optional<String> refusal(Device device) {
    if (!library.isPresent()) {
      return Optional.of("this distribution has no ND4J, which a build with -Pnd4j has");
    }
    if (device.cudaIndex().isPresent()) {
      return refusalOfGpu(device.cudaIndex().getAsInt());
    }
    if (library.hasCuda()) {
      return Optional.of("this distribution's ND4J is one for GPUs");
    }
    return library.hasCpu()
        ? Optional.empty()
        : Optional.of("ND4J's natives are missing (expected: those for linux-x86_64)");
  }

  private Optional<String> refusalOfGpu(int index) {
    if (!library.hasCuda() || !library.hasCudaNatives()) {
      return Optional.of(
          "this distribution has no CUDA backend of ND4J, which a build with -Pnd4j-cuda has");
    }
    Optional<BackendSupport> backend = library.cuda();
    if (backend.isEmpty()) {
      return Optional.of(
          "unknown CUDA backend of ND4J (expected: nd4j-cuda-11.x or nd4j-cuda-12.x)");
    }
    Optional<ComputeCapability> gpu = gpus.of(index);
    if (gpu.isEmpty()) {
      return Optional.of("nvidia-smi knows no such GPU");
    }
    return backend.get().runsOn(gpu.get())
        ? Optional.empty()
        : Optional.of(
            "compute capability %s (expected: one of %s)".formatted(gpu.get(), backend.get()));
  }
}
