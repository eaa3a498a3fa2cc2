// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.HashCode;
import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import io.gcpo.advantage.server.embedding.InvalidModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * A model on disk, in the layout of sentence-transformers: {@code onnx/model.onnx}, {@code
 * tokenizer.json}, {@code sentence_bert_config.json} with {@code max_seq_length}, and optionally
 * {@code self_test.json}. Nothing outside the directory is read.
 *
 * <p>The fingerprint is the SHA-256 of the lines {@code model}, {@code tokenizer} (with the SHA-256
 * of the file), {@code max_input_tokens}, {@code pooling}, {@code normalisation} (with the
 * setting); a space parts name and value, a line feed ends each line.
 *
 * @param directory its last name is the model's name
 * @param fingerprint of what shapes an embedding, see above
 * @param maxInputTokens of one window, special tokens included
 */
public record ModelDirectory(Path directory, String fingerprint, int maxInputTokens) {

  /**
   * Reads and checks {@code directory}; {@code maxInputTokens} overrides the model's own window.
   * Throws {@link InvalidModelException}.
   */
  public static ModelDirectory read(Path directory, OptionalInt maxInputTokens) {
    Path absolute = directory.toAbsolutePath().normalize();
    if (!Files.isDirectory(absolute)) {
      throw new InvalidModelException(absolute, "missing (expected: directory of a model)");
    }
    int window =
        maxInputTokens.isPresent()
            ? maxInputTokens.getAsInt()
            : SentenceBertFile.maxInputTokens(absolute.resolve("sentence_bert_config.json"));
    String settings =
        "model %s\ntokenizer %s\nmax_input_tokens %d\npooling mean\nnormalisation l2\n"
            .formatted(hash(modelFile(absolute)), hash(tokenizerFile(absolute)), window);
    return new ModelDirectory(
        absolute, Hashing.sha256().hashString(settings, UTF_8).toString(), window);
  }

  /** The directory's name. */
  public String name() {
    Path name = directory.getFileName();
    return name == null ? directory.toString() : name.toString();
  }

  /** Weights and graph. */
  public Path modelFile() {
    return modelFile(directory);
  }

  /** The tokenizer, in the format of the Hugging Face library. */
  public Path tokenizerFile() {
    return tokenizerFile(directory);
  }

  /** Texts with recorded embeddings; may be missing. */
  public Path selfTestFile() {
    return directory.resolve("self_test.json");
  }

  /** What the model is, as Hugging Face transformers writes it; may be missing. */
  public Path configFile() {
    return directory.resolve("config.json");
  }

  private static Path modelFile(Path directory) {
    return directory.resolve("onnx").resolve("model.onnx");
  }

  private static Path tokenizerFile(Path directory) {
    return directory.resolve("tokenizer.json");
  }

  private static HashCode hash(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new InvalidModelException(file, "missing (expected: a file)");
    }
    try {
      return MoreFiles.asByteSource(file).hash(Hashing.sha256());
    } catch (IOException e) {
      throw new InvalidModelException(file, "cannot be read", e);
    }
  }
}
