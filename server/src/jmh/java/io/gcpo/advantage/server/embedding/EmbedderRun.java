// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

import com.google.common.base.Ticker;
import io.gcpo.advantage.server.embedding.batching.BatchingConfig;
import io.gcpo.advantage.server.embedding.batching.BatchingEmbedder;
import io.gcpo.advantage.server.embedding.batching.EmbeddingThreads;
import io.gcpo.advantage.server.embedding.model.ModelDirectory;
import io.gcpo.advantage.server.embedding.model.RecordedEmbeddings;
import io.gcpo.advantage.server.embedding.tokenizer.HuggingFaceTokenizerAdapter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** One pass of texts through the embedder, tokenising included, loading not. */
public final class EmbedderRun {
  private final ModelDirectory model;
  private final Supplier<EncoderFactory> encoders;
  private final BatchingConfig config;

  /** Loads {@code model} by {@code encoders} for each pass. */
  public EmbedderRun(
      ModelDirectory model, Supplier<EncoderFactory> encoders, BatchingConfig config) {
    this.model = model;
    this.encoders = encoders;
    this.config = config;
  }

  /** Workers and tokens a batch; everything else as it is by default. */
  public static BatchingConfig config(int workers, int tokenBudget, int lengthBucket) {
    return new BatchingConfig(
        workers,
        1,
        tokenBudget,
        tokenBudget,
        tokenBudget,
        lengthBucket,
        false,
        1L << 40,
        Duration.ofSeconds(60));
  }

  /** Of one pass. */
  public double seconds(List<String> texts) throws Exception {
    return pass(texts).seconds();
  }

  /**
   * What a pass took and gave.
   *
   * @param embeddings one for each text, in order
   */
  public record Pass(double seconds, List<Embedding> embeddings) {
    public Pass {
      embeddings = List.copyOf(embeddings);
    }
  }

  /** One pass. */
  public Pass pass(List<String> texts) throws Exception {
    try (Started started = start()) {
      long begin = System.nanoTime();
      List<Embedding> embeddings = started.embed(texts);
      return new Pass((System.nanoTime() - begin) / 1e9, embeddings);
    }
  }

  /** Loads the model. */
  public Started start() throws Exception {
    BatchingEmbedder embedder =
        BatchingEmbedder.create(
            config,
            model,
            RecordedEmbeddings.read(model),
            model.preparation().around(HuggingFaceTokenizerAdapter.open(model.tokenizerFile())),
            encoders.get(),
            new EmbeddingThreads(Executors.newSingleThreadExecutor(), Thread::new),
            EmbeddingObserver.NONE,
            () -> {},
            Ticker.systemTicker());
    embedder.start();
    return new Started(embedder);
  }

  /** A loaded model. */
  public static final class Started implements AutoCloseable {
    private final BatchingEmbedder embedder;

    private Started(BatchingEmbedder embedder) {
      this.embedder = embedder;
    }

    /** One embedding for each text, in order. */
    public List<Embedding> embed(List<String> texts) {
      return embedder
          .embed(
              texts.stream().map(text -> new TextTask(text, TruncationPolicy.CHUNK_MEAN)).toList(),
              CancellationSignal.NONE)
          .join()
          .stream()
          .map(outcome -> ((TextOutcome.Embedded) outcome).embedding())
          .toList();
    }

    @Override
    public void close() {
      try {
        embedder.stop();
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
