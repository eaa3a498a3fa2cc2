// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import io.gcpo.advantage.server.embedding.CancellationSignal;
import io.gcpo.advantage.server.embedding.EmbeddingFailure;
import io.gcpo.advantage.server.embedding.EngineIdentity;
import io.gcpo.advantage.server.embedding.ModelIdentity;
import io.gcpo.advantage.server.embedding.TextEmbedder;
import io.gcpo.advantage.server.embedding.TextOutcome;
import io.gcpo.advantage.server.embedding.TextTask;
import io.gcpo.advantage.server.testing.FakeEmbedder;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** Loses one text a few times. */
final class LosingEmbedder implements TextEmbedder {
  private final FakeEmbedder embedder = new FakeEmbedder();
  private final AtomicInteger lost = new AtomicInteger();
  private final String text;
  private final int times;
  private final EmbeddingFailure reason;

  LosingEmbedder(String text, int times, EmbeddingFailure reason) {
    this.text = text;
    this.times = times;
    this.reason = reason;
  }

  /** How often it has lost it. */
  int lost() {
    return lost.get();
  }

  @Override
  public ModelIdentity model() {
    return embedder.model();
  }

  @Override
  public EngineIdentity engine() {
    return embedder.engine();
  }

  @Override
  public long maxQueuedTokens() {
    return embedder.maxQueuedTokens();
  }

  @Override
  public CompletableFuture<List<TextOutcome>> embed(
      List<TextTask> texts, CancellationSignal signal) {
    if (texts.stream().noneMatch(this::isPoor) || lost.get() >= times) {
      return embedder.embed(texts, signal);
    }
    lost.incrementAndGet();
    return embedder
        .embed(texts, signal)
        .thenApply(
            outcomes ->
                IntStream.range(0, texts.size())
                    .mapToObj(
                        i ->
                            isPoor(texts.get(i)) ? new TextOutcome.Failed(reason) : outcomes.get(i))
                    .toList());
  }

  private boolean isPoor(TextTask task) {
    return task.text().equals(text);
  }
}
