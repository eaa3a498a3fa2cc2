// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.common.hash.Hashing;
import io.gcpo.advantage.server.embedding.InvalidModelException;
import io.gcpo.advantage.server.embedding.pooling.SentencePipeline;
import io.gcpo.advantage.server.embedding.tokenizer.TextPreparation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A model on disk, in the layout of sentence-transformers: {@code onnx/model.onnx} or {@code
 * model.safetensors}, {@code tokenizer.json}, and the settings that {@code server/docs/models.md}
 * lists. Nothing that is named outside the directory is read; links are followed.
 *
 * @param name what a request calls it
 * @param directory absolute
 * @param fingerprint of what shapes an embedding: SHA-256 in hex, see {@link Fingerprint}
 * @param maxInputTokens of one window, special tokens included
 * @param preparation what happens to a text before it is cut into tokens
 * @param pipeline from the states of tokens to an embedding
 * @param weights where they are
 */
public record ModelDirectory(
    String name,
    Path directory,
    String fingerprint,
    int maxInputTokens,
    TextPreparation preparation,
    SentencePipeline pipeline,
    WeightFiles weights) {

  /** Reads and checks the directory of {@code config}; throws {@link InvalidModelException}. */
  public static ModelDirectory read(ModelConfig config) {
    ModelOptions options = config.options();
    Path absolute = config.directory().toAbsolutePath().normalize();
    if (!Files.isDirectory(absolute)) {
      throw new InvalidModelException(absolute, "missing (expected: directory of a model)");
    }
    options.sha256().verify(absolute);
    WeightFiles weights = WeightFiles.find(absolute, options.modelFile());
    SentenceBertFile settings = SentenceBertFile.read(absolute);
    int window =
        options.maxInputTokens() > 0
            ? options.maxInputTokens()
            : MaxInputTokens.read(absolute, settings);
    TextPreparation preparation =
        new TextPreparation(PromptsFile.prompt(absolute, options.prompt()), settings.lowerCase());
    SentencePipeline pipeline = ModulesFile.read(absolute);
    if (!pipeline.includesPrompt() && !preparation.prompt().isEmpty()) {
      throw new InvalidModelException(
          absolute, "include_prompt: false (expected: true, for a model with a prompt)");
    }
    Fingerprint fingerprint = fingerprint(absolute, weights, window, preparation, pipeline);
    return new ModelDirectory(
        config.name(), absolute, fingerprint.hash(), window, preparation, pipeline, weights);
  }

  /** Weights and graph, if there is a graph. */
  public Optional<Path> onnxFile() {
    return Optional.ofNullable(weights.onnx());
  }

  /** Weights alone, if there are such. */
  public Optional<Path> safetensorsFile() {
    return Optional.ofNullable(weights.safetensors());
  }

  /** {@link #onnxFile}, for who needs one; throws {@link InvalidModelException}. */
  public Path modelFile() {
    return onnxFile()
        .orElseThrow(
            () ->
                new InvalidModelException(
                    directory.resolve("onnx").resolve("model.onnx"),
                    "missing (expected: a graph)"));
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
    return configFile(directory);
  }

  private static Path configFile(Path directory) {
    return directory.resolve("config.json");
  }

  private static Path tokenizerFile(Path directory) {
    return directory.resolve("tokenizer.json");
  }

  private static Fingerprint fingerprint(
      Path directory,
      WeightFiles weights,
      int window,
      TextPreparation preparation,
      SentencePipeline pipeline) {
    Fingerprint fingerprint = new Fingerprint();
    if (weights.onnx() != null) {
      fingerprint.file("model", weights.onnx());
    }
    fingerprint
        .file("tokenizer", tokenizerFile(directory))
        .line("max_input_tokens", window)
        .lines(pipeline.identity());
    if (weights.onnx() != null) {
      fingerprint.filesBeside(weights.onnx());
    }
    if (weights.safetensors() != null) {
      fingerprint.file("safetensors", weights.safetensors());
    }
    if (Files.exists(configFile(directory))) {
      fingerprint.file("config", configFile(directory));
    }
    if (!preparation.prompt().isEmpty()) {
      fingerprint.line("prompt", Hashing.sha256().hashString(preparation.prompt(), UTF_8));
    }
    return preparation.lowerCase() ? fingerprint.line("lower_case", true) : fingerprint;
  }
}
