// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

import com.google.common.collect.ImmutableList;
import io.gcpo.advantage.server.config.ConfigProblems;
import io.gcpo.advantage.server.config.ConfigReader;
import io.gcpo.advantage.server.embedding.batching.BatchingConfig;
import io.gcpo.advantage.server.embedding.engine.EngineConfig;
import io.gcpo.advantage.server.embedding.model.ModelConfig;
import java.util.List;

/**
 * Settings of the embedders, {@code embedding.*} and {@code models.*}.
 *
 * @param models at least one; the first is the one that a request means if it names none
 * @param engine what runs them
 * @param batching threads and batches, of each model
 * @param cacheBytes {@code embedding.cache-bytes}: of memory for embeddings of texts that may come
 *     again, of all models together; 0 for no cache
 */
public record EmbeddingConfig(
    List<ModelConfig> models, EngineConfig engine, BatchingConfig batching, long cacheBytes) {

  /** 64 MiB, some 37,000 embeddings of 384 numbers; a small heap must hold it too. */
  private static final long DEFAULT_CACHE_BYTES = 1L << 26;

  public EmbeddingConfig {
    models = ImmutableList.copyOf(models);
    long names = models.stream().map(ModelConfig::name).distinct().count();
    new ConfigProblems()
        .require(
            !models.isEmpty() && names == models.size(),
            "embedding.models: %s (expected: at least one, each once)",
            models.stream().map(ModelConfig::name).toList())
        .require(cacheBytes >= 0, "embedding.cache-bytes: %d (expected: >= 0)", cacheBytes)
        .throwIfAny();
  }

  /** The settings of {@code reader}, or the defaults. */
  public static EmbeddingConfig read(ConfigReader reader) {
    return new EmbeddingConfig(
        ModelConfig.readAll(reader),
        EngineConfig.read(reader),
        BatchingConfig.read(reader),
        reader.whole("embedding.cache-bytes", DEFAULT_CACHE_BYTES));
  }
}
