// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

import com.google.common.base.Ticker;
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
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From the directories of models to embedders that can be started. */
final class ModelLoader {
  private static final Logger LOGGER = LoggerFactory.getLogger(ModelLoader.class);

  private final EmbeddingConfig config;
  private final EngineChooser engines;
  private final EmbeddingObservers observers;
  private final Function<String, EmbeddingThreads> threads;
  private final Runnable readinessChanged;
  private final Ticker ticker;

  /**
   * {@code threads} are made for each model; {@code readinessChanged} runs when one has lost its
   * last worker, or has one again.
   */
  ModelLoader(
      EmbeddingConfig config,
      EngineChooser engines,
      EmbeddingObservers observers,
      Function<String, EmbeddingThreads> threads,
      Runnable readinessChanged,
      Ticker ticker) {
    this.config = config;
    this.engines = engines;
    this.observers = observers;
    this.threads = threads;
    this.readinessChanged = readinessChanged;
    this.ticker = ticker;
  }

  /**
   * Every model of the configuration, in its order. Throws {@link InvalidModelException}, or
   * IllegalArgumentException if no engine can run one; nothing stays open then.
   */
  List<BatchingEmbedder> loadAll() {
    List<BatchingEmbedder> loaded = new ArrayList<>();
    try {
      config.models().forEach(model -> loaded.add(load(model)));
      return loaded;
    } catch (RuntimeException | Error e) {
      loaded.forEach(embedder -> unload(embedder, e));
      throw e;
    }
  }

  /** It was never started, so that there is nothing to wait for. */
  private static void unload(BatchingEmbedder embedder, Throwable reason) {
    try {
      embedder.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      reason.addSuppressed(e);
    }
  }

  private BatchingEmbedder load(ModelConfig chosen) {
    ModelDirectory model = ModelDirectory.read(chosen);
    EngineChoice choice = engines.choose(config.engine().engine(), config.engine().device(), model);
    LOGGER.info("model {}: {}", model.name(), choice.reason());
    RecordedEmbeddings recorded = RecordedEmbeddings.read(model);
    Tokenizer tokenizer =
        model.preparation().around(HuggingFaceTokenizerAdapter.open(model.tokenizerFile()));
    try {
      EncoderFactory encoders =
          DeviceEncoders.open(choice, model, config.engine().threadsPerWorker());
      try {
        return embedder(model, recorded, tokenizer, encoders);
      } catch (RuntimeException | Error e) {
        encoders.close();
        throw e;
      }
    } catch (RuntimeException | Error e) {
      tokenizer.close();
      throw e;
    }
  }

  private BatchingEmbedder embedder(
      ModelDirectory model,
      RecordedEmbeddings recorded,
      Tokenizer tokenizer,
      EncoderFactory encoders) {
    return BatchingEmbedder.create(
        config.batching(),
        model,
        recorded,
        tokenizer,
        encoders,
        threads.apply(model.name()),
        observers.of(model.name()),
        readinessChanged,
        ticker);
  }
}
