// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

import io.gcpo.advantage.server.config.ConfigProblems;
import io.gcpo.advantage.server.config.ConfigReader;
import io.gcpo.advantage.server.embedding.batching.BatchingConfig;
import io.gcpo.advantage.server.embedding.engine.DeviceSetting;
import io.gcpo.advantage.server.embedding.engine.EngineSetting;
import io.gcpo.advantage.server.embedding.model.ModelDirectory;
import java.nio.file.Path;
import java.util.OptionalInt;

/**
 * Settings of the embedder, {@code embedding.*}.
 *
 * @param modelDirectory {@code model-directory}: see {@link ModelDirectory}
 * @param engine {@code engine}: what runs the model
 * @param device {@code device}: where
 * @param threadsPerWorker {@code threads-per-worker}: that compute one batch; embeddings were shown
 *     to be the same bits in any company with 1
 * @param maxInputTokens {@code max-input-tokens}: of one window, special tokens included; 0 for the
 *     model's own
 * @param cacheBytes {@code cache-bytes}: of memory for embeddings of texts that may come again; 0
 *     for no cache
 * @param batching threads and batches
 */
public record EmbeddingConfig(
    Path modelDirectory,
    EngineSetting engine,
    DeviceSetting device,
    int threadsPerWorker,
    int maxInputTokens,
    long cacheBytes,
    BatchingConfig batching) {

  /** 64 MiB, some 37,000 embeddings of 384 numbers; a small heap must hold it too. */
  private static final long DEFAULT_CACHE_BYTES = 1L << 26;

  public EmbeddingConfig {
    new ConfigProblems()
        .require(
            within(threadsPerWorker, 1, 1024),
            "embedding.threads-per-worker: %d (expected: 1 to 1024)",
            threadsPerWorker)
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
        reader.choice("embedding.engine", EngineSetting.class, EngineSetting.AUTO),
        reader.parsed(
            "embedding.device", DeviceSetting.AUTO, DeviceSetting.EXPECTED, DeviceSetting::parse),
        reader.integer("embedding.threads-per-worker", 1),
        reader.integer("embedding.max-input-tokens", 0),
        reader.whole("embedding.cache-bytes", DEFAULT_CACHE_BYTES),
        BatchingConfig.read(reader));
  }

  /** {@link #maxInputTokens}, if it is not the model's own. */
  OptionalInt maxInputTokensOverride() {
    return maxInputTokens == 0 ? OptionalInt.empty() : OptionalInt.of(maxInputTokens);
  }

  private static boolean within(int value, int min, int max) {
    return value >= min && value <= max;
  }
}
