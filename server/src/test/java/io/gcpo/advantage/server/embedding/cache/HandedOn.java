// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.cache;

import io.gcpo.advantage.server.embedding.CancellationSignal;
import io.gcpo.advantage.server.embedding.EngineIdentity;
import io.gcpo.advantage.server.embedding.ModelIdentity;
import io.gcpo.advantage.server.embedding.TextEmbedder;
import io.gcpo.advantage.server.embedding.TextOutcome;
import io.gcpo.advantage.server.embedding.TextTask;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/** An embedder whose one answer is the test's to give. */
final class HandedOn implements TextEmbedder {
  final CompletableFuture<List<TextOutcome>> answer = new CompletableFuture<>();
  final AtomicReference<CancellationSignal> signal = new AtomicReference<>();

  @Override
  public ModelIdentity model() {
    return new ModelIdentity("none", "f00d", 1, 1);
  }

  @Override
  public EngineIdentity engine() {
    return new EngineIdentity("none", "1", "cpu");
  }

  @Override
  public long maxQueuedTokens() {
    return 1;
  }

  @Override
  public CompletableFuture<List<TextOutcome>> embed(
      List<TextTask> texts, CancellationSignal signal) {
    this.signal.set(signal);
    return answer;
  }
}
