// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.model;

import io.gcpo.advantage.server.embedding.InvalidModelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a model's weights lie: at least one of the two.
 *
 * @param onnx null if there is no graph
 * @param safetensors null if there is no such file
 */
public record WeightFiles(@Nullable Path onnx, @Nullable Path safetensors) {
  private static final String SAFETENSORS = "model.safetensors";

  /**
   * Those of {@code directory}: {@code chosen} alone, or if that is empty, {@code onnx/model.onnx}
   * or {@code model.onnx}, and {@code model.safetensors}. Throws {@link InvalidModelException}.
   */
  static WeightFiles find(Path directory, String chosen) {
    if (!chosen.isEmpty()) {
      return new WeightFiles(chosen(directory, chosen), null);
    }
    Path safetensors = directory.resolve(SAFETENSORS);
    WeightFiles found =
        new WeightFiles(
            graph(directory).orElse(null), Files.exists(safetensors) ? safetensors : null);
    if (found.onnx == null && found.safetensors == null) {
      throw none(directory);
    }
    return found;
  }

  private static Optional<Path> graph(Path directory) {
    return List.of(directory.resolve("onnx").resolve("model.onnx"), directory.resolve("model.onnx"))
        .stream()
        .filter(Files::exists)
        .findFirst();
  }

  /**
   * Links are followed, as a Hugging Face cache consists of them; the name may not lead outside.
   */
  private static Path chosen(Path directory, String name) {
    if (!name.matches("([A-Za-z0-9_][A-Za-z0-9_.-]*/)*[A-Za-z0-9_][A-Za-z0-9_.-]*\\.onnx")) {
      throw new InvalidModelException(
          directory,
          "embedding.model-file: %s (expected: a path inside, such as onnx/model.onnx)"
              .formatted(name));
    }
    return directory.resolve(name);
  }

  private static InvalidModelException none(Path directory) {
    if (Files.exists(directory.resolve(SAFETENSORS + ".index.json"))) {
      return new InvalidModelException(
          directory.resolve(SAFETENSORS + ".index.json"),
          "weights in several files are not read (expected: one model.safetensors, or an ONNX"
              + " export)");
    }
    Path pickle = directory.resolve("pytorch_model.bin");
    if (Files.exists(pickle)) {
      return new InvalidModelException(
          pickle,
          "pickle is not read, because it runs whatever its author wrote (expected:"
              + " model.safetensors, saved with save_pretrained, or an ONNX export)");
    }
    return new InvalidModelException(
        directory.resolve("onnx").resolve("model.onnx"),
        "missing (expected: a graph, or model.safetensors)");
  }
}
