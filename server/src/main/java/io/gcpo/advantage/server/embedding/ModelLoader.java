// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

import com.google.common.base.Ticker;
import com.google.common.util.concurrent.ThreadFactoryBuilder;
import io.gcpo.advantage.server.embedding.batching.BatchingEmbedder;
import io.gcpo.advantage.server.embedding.batching.EmbeddingThreads;
import io.gcpo.advantage.server.embedding.engine.DeviceEncoders;
import io.gcpo.advantage.server.embedding.engine.EngineChoice;
import io.gcpo.advantage.server.embedding.engine.EngineChooser;
import io.gcpo.advantage.server.embedding.model.ModelConfig;
import io.gcpo.advantage.server.embedding.model.ModelDirectory;
import io.gcpo.advantage.server.embedding.model.RecordedEmbeddings;
import io.gcpo.advantage.server.embedding.tokenizer.HuggingFaceTokenizerAdapter;
import io.gcpo.advantage.server.embedding.tokenizer.Tokenizer;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From a model's directory to an embedder that can be started. */
final class ModelLoader {
  private static final Logger LOGGER = LoggerFactory.getLogger(ModelLoader.class);

  private final EmbeddingConfig config;
  private final EngineChooser engines;
  private final EmbeddingObservers observers;
  private final Ticker ticker;

  ModelLoader(
      EmbeddingConfig config, EngineChooser engines, EmbeddingObservers observers, Ticker ticker) {
    this.config = config;
    this.engines = engines;
    this.observers = observers;
    this.ticker = ticker;
  }

  /** Throws {@link InvalidModelException}, or IllegalArgumentException if no engine can run it. */
  BatchingEmbedder load(ModelConfig chosen) {
    ModelDirectory model = ModelDirectory.read(chosen);
    EngineChoice choice = engines.choose(config.engine().engine(), config.engine().device(), model);
    LOGGER.info("model {}: {}", model.name(), choice.reason());
    RecordedEmbeddings recorded = RecordedEmbeddings.read(model);
    Tokenizer tokenizer =
        model.preparation().around(HuggingFaceTokenizerAdapter.open(model.tokenizerFile()));
    EncoderFactory encoders =
        DeviceEncoders.open(choice, model, config.engine().threadsPerWorker());
    return BatchingEmbedder.create(
        config.batching(),
        model,
        recorded,
        tokenizer,
        encoders,
        threads(model.name()),
        observers.of(model.name()),
        ticker);
  }

  private EmbeddingThreads threads(String model) {
    return new EmbeddingThreads(
        Executors.newFixedThreadPool(
            config.batching().tokenizerThreads(),
            new ThreadFactoryBuilder()
                .setNameFormat("tokenizer-" + model + "-%d")
                .setDaemon(true)
                .build()),
        new ThreadFactoryBuilder()
            .setNameFormat("encoder-" + model + "-%d")
            .setDaemon(true)
            .build());
  }
}
