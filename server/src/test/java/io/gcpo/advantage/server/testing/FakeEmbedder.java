// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.testing;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.gcpo.advantage.server.embedding.CancellationSignal;
import io.gcpo.advantage.server.embedding.Embedding;
import io.gcpo.advantage.server.embedding.EngineIdentity;
import io.gcpo.advantage.server.embedding.ModelIdentity;
import io.gcpo.advantage.server.embedding.TextEmbedder;
import io.gcpo.advantage.server.embedding.TextOutcome;
import io.gcpo.advantage.server.embedding.TextTask;
import io.gcpo.advantage.server.embedding.TruncationPolicy;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Embeds a text as a pseudo-random unit vector of its hash; a character is a token, and a window
 * holds {@link #WINDOW}. Can be told to hold its answers back, or to fail.
 */
public final class FakeEmbedder implements TextEmbedder {
  public static final int WINDOW = 1_000;
  public static final int DIMENSION = 16;
  private static final int SPECIAL_TOKENS = 2;

  private final ConcurrentLinkedQueue<List<TextTask>> calls = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<CancellationSignal> signals = new ConcurrentLinkedQueue<>();
  private final AtomicReference<CompletableFuture<Void>> gate =
      new AtomicReference<>(CompletableFuture.completedFuture(null));

  /** Answers wait from now on, until the returned future is completed; its failure is theirs. */
  @CanIgnoreReturnValue
  public CompletableFuture<Void> holdAnswers() {
    CompletableFuture<Void> held = new CompletableFuture<>();
    gate.set(held);
    return held;
  }

  /** The tasks of every call so far. */
  public List<List<TextTask>> calls() {
    return List.copyOf(calls);
  }

  /** Who waits, for every call so far. */
  public List<CancellationSignal> signals() {
    return List.copyOf(signals);
  }

  @Override
  public ModelIdentity model() {
    return new ModelIdentity("fake", "f00d", DIMENSION, WINDOW);
  }

  @Override
  public EngineIdentity engine() {
    return new EngineIdentity("fake", "1", "cpu");
  }

  @Override
  public long maxQueuedTokens() {
    return 1_000_000;
  }

  @Override
  public CompletableFuture<List<TextOutcome>> embed(
      List<TextTask> texts, CancellationSignal signal) {
    signals.add(signal);
    calls.add(List.copyOf(texts));
    return gate.get().thenApply(open -> texts.stream().map(FakeEmbedder::outcome).toList());
  }

  private static TextOutcome outcome(TextTask task) {
    int tokens = task.text().length() + SPECIAL_TOKENS;
    if (tokens > WINDOW && task.truncationPolicy() == TruncationPolicy.ERROR) {
      return new TextOutcome.TooLong(tokens, WINDOW);
    }
    return new TextOutcome.Embedded(embedding(task.text()), tokens, 0, false);
  }

  private static Embedding embedding(String text) {
    Random random = new Random(text.hashCode());
    float[] values = new float[DIMENSION];
    double norm = 0;
    for (int i = 0; i < DIMENSION; i++) {
      values[i] = (float) random.nextGaussian();
      norm += (double) values[i] * values[i];
    }
    for (int i = 0; i < DIMENSION; i++) {
      values[i] = (float) (values[i] / Math.sqrt(norm));
    }
    return Embedding.copyOf(values);
  }
}
