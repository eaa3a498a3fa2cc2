// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

import io.gcpo.advantage.server.config.ConfigProblems;
import io.gcpo.advantage.server.config.ConfigReader;
import io.gcpo.advantage.server.embedding.model.ModelDirectory;
import io.gcpo.advantage.server.embedding.model.ModelOptions;
import java.nio.file.Path;

/**
 * Settings of the embedder, {@code embedding.*}.
 *
 * @param modelDirectory {@code model-directory}: see {@link ModelDirectory}
 * @param workers {@code workers}: batches that go through the model at the same time; by default
 *     one a processor
 * @param threadsPerWorker {@code threads-per-worker}: that compute one batch; embeddings were shown
 *     to be the same bits in any company with 1
 * @param tokenizerThreads {@code tokenizer-threads}: that turn text into tokens
 * @param tokenBudget {@code token-budget}: tokens of a batch, padding included; a longer window is
 *     a batch of its own
 * @param lengthBucket {@code length-bucket}: windows are padded to a multiple of this many tokens
 * @param maxQueuedTokens {@code max-queued-tokens}: that may wait for the model
 * @param maxInputTokens {@code max-input-tokens}: of one window, special tokens included; 0 for the
 *     model's own
 * @param cacheBytes {@code cache-bytes}: of memory for embeddings of texts that may come again; 0
 *     for no cache
 * @param prompt {@code prompt}: name of one of the model's prompts; empty for the model's own
 *     choice
 * @param modelFile {@code model-file}: the ONNX file inside the directory; empty for the usual one
 */
public record EmbeddingConfig(
    Path modelDirectory,
    int workers,
    int threadsPerWorker,
    int tokenizerThreads,
    int tokenBudget,
    int lengthBucket,
    long maxQueuedTokens,
    int maxInputTokens,
    long cacheBytes,
    String prompt,
    String modelFile) {

  /** 64 MiB, some 37,000 embeddings of 384 numbers; a small heap must hold it too. */
  private static final long DEFAULT_CACHE_BYTES = 1L << 26;

  public EmbeddingConfig {
    new ConfigProblems()
        .require(within(workers, 1, 1024), "embedding.workers: %d (expected: 1 to 1024)", workers)
        .require(
            within(threadsPerWorker, 1, 1024),
            "embedding.threads-per-worker: %d (expected: 1 to 1024)",
            threadsPerWorker)
        .require(
            within(tokenizerThreads, 1, 1024),
            "embedding.tokenizer-threads: %d (expected: 1 to 1024)",
            tokenizerThreads)
        .require(
            within(tokenBudget, 1, 1 << 20),
            "embedding.token-budget: %d (expected: 1 to 1048576)",
            tokenBudget)
        .require(
            within(lengthBucket, 1, 1 << 12),
            "embedding.length-bucket: %d (expected: 1 to 4096)",
            lengthBucket)
        .require(
            maxQueuedTokens >= 1,
            "embedding.max-queued-tokens: %d (expected: >= 1)",
            maxQueuedTokens)
        .require(
            maxInputTokens == 0 || within(maxInputTokens, 3, 1 << 17),
            "embedding.max-input-tokens: %d (expected: 0, or 3 to 131072)",
            maxInputTokens)
        .require(cacheBytes >= 0, "embedding.cache-bytes: %d (expected: >= 0)", cacheBytes)
        .throwIfAny();
  }

  /** The settings of {@code reader}, or the defaults. */
  public static EmbeddingConfig read(ConfigReader reader) {
    Path home = Path.of(System.getProperty("gcpo.home", ""));
    Path model = home.resolve("models").resolve("all-MiniLM-L6-v2");
    Path directory = reader.path("embedding.model-directory", model);
    return new EmbeddingConfig(
        directory == null ? model : directory,
        reader.integer("embedding.workers", Runtime.getRuntime().availableProcessors()),
        reader.integer("embedding.threads-per-worker", 1),
        reader.integer("embedding.tokenizer-threads", 1),
        reader.integer("embedding.token-budget", 512),
        reader.integer("embedding.length-bucket", 4),
        reader.whole("embedding.max-queued-tokens", 4_000_000),
        reader.integer("embedding.max-input-tokens", 0),
        reader.whole("embedding.cache-bytes", DEFAULT_CACHE_BYTES),
        reader.string("embedding.prompt", ""),
        reader.string("embedding.model-file", ""));
  }

  /** What is asked of the model on disk. */
  ModelOptions modelOptions() {
    return new ModelOptions(maxInputTokens, prompt, modelFile);
  }

  private static boolean within(int value, int min, int max) {
    return value >= min && value <= max;
  }
}
