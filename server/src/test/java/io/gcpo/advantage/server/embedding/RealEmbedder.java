// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

import com.google.common.base.Ticker;
import io.gcpo.advantage.server.embedding.batching.BatchingConfig;
import io.gcpo.advantage.server.embedding.batching.BatchingEmbedder;
import io.gcpo.advantage.server.embedding.batching.EmbeddingThreads;
import io.gcpo.advantage.server.embedding.model.ModelDirectory;
import io.gcpo.advantage.server.embedding.model.RecordedEmbeddings;
import io.gcpo.advantage.server.embedding.onnx.OnnxEncoderFactory;
import io.gcpo.advantage.server.embedding.tokenizer.HuggingFaceTokenizerAdapter;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Assertions;

/** The embedded model, or another one, behind the real embedder. */
public final class RealEmbedder implements AutoCloseable {
  private final BatchingEmbedder embedder;

  /** On ONNX Runtime, started; an embedding is the same bits in any company. */
  public RealEmbedder(int workers, int tokenBudget) {
    this(workers, tokenBudget, true);
  }

  /** On ONNX Runtime, started. */
  public RealEmbedder(int workers, int tokenBudget, boolean deterministic) {
    this(
        GoldenEmbeddings.model(),
        OnnxEncoderFactory.open(GoldenEmbeddings.model().modelFile(), 1),
        workers,
        tokenBudget,
        deterministic);
  }

  RealEmbedder(ModelDirectory model, int workers, int tokenBudget) {
    this(model, OnnxEncoderFactory.open(model.modelFile(), 1), workers, tokenBudget, true);
  }

  /** On an engine that has loaded {@code model}, started. */
  public RealEmbedder(
      ModelDirectory model,
      EncoderFactory encoders,
      int workers,
      int tokenBudget,
      boolean deterministic) {
    embedder =
        BatchingEmbedder.create(
            new BatchingConfig(
                workers,
                1,
                tokenBudget,
                1,
                tokenBudget,
                8,
                deterministic,
                4_000_000,
                Duration.ofSeconds(60)),
            model,
            RecordedEmbeddings.read(model),
            model.preparation().around(HuggingFaceTokenizerAdapter.open(model.tokenizerFile())),
            encoders,
            new EmbeddingThreads(Executors.newSingleThreadExecutor(), Thread::new),
            EmbeddingObserver.NONE,
            () -> {},
            Ticker.systemTicker());
    embedder.start();
  }

  /** The embedder itself. */
  public TextEmbedder embedder() {
    return embedder;
  }

  /** Waits for the outcomes. */
  public List<TextOutcome> embed(List<TextTask> tasks) {
    return embedder.embed(tasks, CancellationSignal.NONE).join();
  }

  @Override
  public void close() {
    Assertions.assertDoesNotThrow(embedder::stop);
  }
}
