// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.cache;

import io.gcpo.advantage.server.embedding.CancellationSignal;
import io.gcpo.advantage.server.embedding.EngineIdentity;
import io.gcpo.advantage.server.embedding.ModelIdentity;
import io.gcpo.advantage.server.embedding.TextEmbedder;
import io.gcpo.advantage.server.embedding.TextOutcome;
import io.gcpo.advantage.server.embedding.TextTask;
import io.gcpo.advantage.server.testing.FakeEmbedder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** An embedder every call of which ends when the test says so. Thread-safe. */
final class ManualEmbedder implements TextEmbedder {
  private final FakeEmbedder embedder = new FakeEmbedder();
  private final List<Call> calls = new ArrayList<>();

  /** The calls so far, in order. */
  synchronized List<Call> calls() {
    return List.copyOf(calls);
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
  public synchronized CompletableFuture<List<TextOutcome>> embed(
      List<TextTask> texts, CancellationSignal signal) {
    Call call = new Call(texts, signal, new CompletableFuture<>());
    calls.add(call);
    return call.answer;
  }

  /** One call that waits. */
  record Call(
      List<TextTask> texts,
      CancellationSignal signal,
      CompletableFuture<List<TextOutcome>> answer) {
    void succeed() {
      answer.complete(new FakeEmbedder().embed(texts, signal).join());
    }

    void fail(Throwable cause) {
      answer.completeExceptionally(cause);
    }
  }
}
