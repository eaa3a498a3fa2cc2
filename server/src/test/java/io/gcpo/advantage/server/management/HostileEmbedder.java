// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.management;

import io.gcpo.advantage.server.embedding.CancellationSignal;
import io.gcpo.advantage.server.embedding.EngineIdentity;
import io.gcpo.advantage.server.embedding.ModelIdentity;
import io.gcpo.advantage.server.embedding.TextEmbedder;
import io.gcpo.advantage.server.embedding.TextOutcome;
import io.gcpo.advantage.server.embedding.TextTask;
import io.gcpo.advantage.server.testing.FakeEmbedder;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** One whose names try to become markup. */
final class HostileEmbedder implements TextEmbedder {
  static final String NAME = "</td><script>alert(1)</script>";
  static final String REASON = "\"><img src=x onerror='alert(1)'>&lt;";

  private final FakeEmbedder embedder = new FakeEmbedder();

  @Override
  public ModelIdentity model() {
    return new ModelIdentity(NAME, "f00d", FakeEmbedder.DIMENSION, FakeEmbedder.WINDOW);
  }

  @Override
  public EngineIdentity engine() {
    return new EngineIdentity("<b>", "1&2", "cpu").chosen("cpu", REASON);
  }

  @Override
  public long maxQueuedTokens() {
    return embedder.maxQueuedTokens();
  }

  @Override
  public CompletableFuture<List<TextOutcome>> embed(
      List<TextTask> texts, CancellationSignal signal) {
    return embedder.embed(texts, signal);
  }
}
