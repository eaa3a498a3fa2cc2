// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import io.gcpo.advantage.server.embedding.InvalidModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * SHA-256 over lines of name and value, parted by a space and each ended by a line feed. A file's
 * value is the SHA-256 of its bytes. The lines and their order are in {@code
 * server/docs/models.md}.
 */
final class Fingerprint {
  /** Beside a graph, whatever else may hold weights of it: their name is the exporter's choice. */
  private static final List<String> NO_WEIGHTS =
      List.of(".onnx", ".json", ".safetensors", ".md", ".txt");

  private final StringBuilder lines = new StringBuilder();

  /** Adds {@code name value}. */
  Fingerprint line(String name, Object value) {
    lines.append(name).append(' ').append(value).append('\n');
    return this;
  }

  /** Adds whole lines. */
  Fingerprint lines(String text) {
    lines.append(text);
    return this;
  }

  /** Adds {@code name} with the hash of {@code file}; throws {@link InvalidModelException}. */
  Fingerprint file(String name, Path file) {
    if (!Files.isRegularFile(file)) {
      throw new InvalidModelException(file, "missing (expected: a file)");
    }
    try {
      return line(name, MoreFiles.asByteSource(file).hash(Hashing.sha256()));
    } catch (IOException e) {
      throw new InvalidModelException(file, "cannot be read", e);
    }
  }

  /** Adds {@code model_data}, name and hash, for the files beside {@code graph}, by name. */
  Fingerprint filesBeside(Path graph) {
    Path folder = Objects.requireNonNull(graph.getParent());
    try (Stream<Path> files = Files.list(folder)) {
      files
          .filter(
              file -> Files.isRegularFile(file) && mayHoldWeights(file.getFileName().toString()))
          .sorted()
          .forEach(file -> file("model_data " + file.getFileName(), file));
    } catch (IOException e) {
      throw new InvalidModelException(folder, "cannot be read", e);
    }
    return this;
  }

  /** 64 lower-case hex digits. */
  String hash() {
    return Hashing.sha256().hashString(lines, UTF_8).toString();
  }

  private static boolean mayHoldWeights(String name) {
    return !name.startsWith(".") && NO_WEIGHTS.stream().noneMatch(name::endsWith);
  }
}
