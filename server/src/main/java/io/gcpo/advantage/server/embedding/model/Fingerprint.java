// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.collect.ImmutableSet;
import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import io.gcpo.advantage.server.embedding.InvalidModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * SHA-256 over lines of name and value, parted by a space and each ended by a line feed. A file's
 * value is the SHA-256 of its bytes. The lines and their order are in {@code
 * server/docs/models.md}.
 */
final class Fingerprint {
  /**
   * What a graph's folder is known to hold beside its weights, whose names are the exporter's
   * choice: of a name that is not listed, nobody can tell that it holds none.
   */
  private static final ImmutableSet<String> NO_WEIGHTS =
      ImmutableSet.of(
          ".gitattributes",
          "README.md",
          "config.json",
          "config_sentence_transformers.json",
          "model.safetensors",
          "modules.json",
          "ort_config.json",
          "quantize_config.json",
          "self_test.json",
          "sentence_bert_config.json",
          "special_tokens_map.json",
          "tokenizer.json",
          "tokenizer_config.json",
          "vocab.txt");

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
    return !name.endsWith(".onnx") && !NO_WEIGHTS.contains(name);
  }
}
