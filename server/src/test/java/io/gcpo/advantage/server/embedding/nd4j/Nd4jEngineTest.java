// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gcpo.advantage.server.embedding.Device;
import io.gcpo.advantage.server.embedding.EmbeddingUnavailableException;
import io.gcpo.advantage.server.embedding.GoldenEmbeddings;
import io.gcpo.advantage.server.embedding.model.ModelDirectory;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class Nd4jEngineTest {
  private static final Device GPU = Device.parse("cuda:0");
  private static final GpuCapabilities NO_GPU = index -> Optional.empty();

  private final ModelDirectory model = GoldenEmbeddings.model();

  @TempDir Path folder;

  @Test
  void refusal_embeddedModelOnTheProcessor_none() {
    assertThat(new Nd4jEngine().refusal(model, Device.CPU)).isEmpty();
    assertThat(new Nd4jEngine().name()).isEqualTo("nd4j");
  }

  @Test
  void refusal_noLibrary_saysWhichBuildHasIt() throws IOException {
    refuses("this distribution has no ND4J, which a build with -Pnd4j has", Device.CPU, NO_GPU);
  }

  @Test
  void refusal_noNatives_saysWhichArchitecture() throws IOException {
    refuses(
        "ND4J's natives are missing (expected: those for linux-x86_64)",
        Device.CPU,
        NO_GPU,
        "org/nd4j/linalg/factory/Nd4j.class",
        "org/nd4j/linalg/cpu/nativecpu/CpuBackend.class");
  }

  @Test
  void refusal_processorButBackendForGpus_isRefused() throws IOException {
    refuses("this distribution's ND4J is one for GPUs", Device.CPU, NO_GPU, cuda("nd4j-cuda-11.6"));
  }

  @Test
  void refusal_gpuWithoutBackend_saysWhichBuildHasIt() {
    assertThat(new Nd4jEngine().refusal(model, GPU))
        .contains(
            "this distribution has no CUDA backend of ND4J, which a build"
                + " with -Pnd4j-cuda has");
  }

  @Test
  void refusal_unknownBackend_isRefused() throws IOException {
    refuses(
        "unknown CUDA backend of ND4J (expected: nd4j-cuda-11.x or nd4j-cuda-12.x)",
        GPU,
        NO_GPU,
        cuda("nd4j-cuda-10.2"));
  }

  @Test
  void refusal_noSuchGpu_isRefused() throws IOException {
    refuses("nvidia-smi knows no such GPU", GPU, NO_GPU, cuda("nd4j-cuda-11.6"));
  }

  @ParameterizedTest
  @CsvSource({"9, 0", "10, 0", "12, 0"})
  void refusal_gpuBeyondTheBackend_saysBoth(int major, int minor) throws IOException {
    refuses(
        "compute capability %d.%d (expected: one of nd4j-cuda-11.6, which runs on 3.7 to 8.x)"
            .formatted(major, minor),
        GPU,
        index -> Optional.of(new ComputeCapability(major, minor)),
        cuda("nd4j-cuda-11.6"));
  }

  @Test
  void refusal_gpuOfTheBackend_none() throws IOException {
    try (URLClassLoader loader = classPath(cuda("nd4j-cuda-11.6"))) {
      Nd4jEngine engine =
          new Nd4jEngine(
              new Nd4jLibrary(loader), index -> Optional.of(new ComputeCapability(8, 9)));

      assertThat(engine.refusal(model, GPU)).isEmpty();
    }
  }

  @Test
  void check_windowBeyondThePositions_isRefused() {
    TinyModel tiny = TinyModel.named("roberta");

    // 40 rows, of which padding and what is before it are 2.
    assertThatThrownBy(() -> BertModel.check(tiny.config(), tiny.safetensors(), 39))
        .hasMessage(
            tiny.config() + ": max_position_embeddings: 38 tokens (expected: >= 39, the window)");
    assertThat(BertModel.check(tiny.config(), tiny.safetensors(), 38).sizes().layers())
        .isEqualTo(2);
  }

  @Test
  void check_noWeights_isRefused() {
    TinyModel tiny = TinyModel.named("roberta");

    assertThatThrownBy(() -> BertModel.check(tiny.config(), tiny.onnx(), 32))
        .hasMessage(tiny.onnx() + ": missing (expected: the model's weights)");
  }

  private void refuses(String reason, Device device, GpuCapabilities gpus, String... resources)
      throws IOException {
    try (URLClassLoader loader = classPath(resources)) {
      Nd4jEngine engine = new Nd4jEngine(new Nd4jLibrary(loader), gpus);

      assertThat(engine.refusal(model, device)).contains(reason);
      assertThatThrownBy(() -> engine.open(model, device, 1))
          .isInstanceOf(EmbeddingUnavailableException.class)
          .hasMessage("nd4j: " + reason);
    }
  }

  private static String[] cuda(String artifact) {
    return new String[] {
      "org/nd4j/linalg/factory/Nd4j.class",
      "org/nd4j/linalg/jcublas/JCublasBackend.class",
      "org/nd4j/linalg/jcublas/bindings/linux-x86_64/libjnind4jcuda.so",
      "META-INF/maven/org.nd4j/" + artifact + "/pom.properties"
    };
  }

  /** With empty files by these names and nothing else. */
  private URLClassLoader classPath(String... resources) throws IOException {
    for (String resource : resources) {
      Path file = folder.resolve(resource);
      Files.createDirectories(folder.resolve(resource).resolveSibling(""));
      Files.write(file, new byte[0]);
    }
    return new URLClassLoader(
        new URL[] {folder.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
  }
}
