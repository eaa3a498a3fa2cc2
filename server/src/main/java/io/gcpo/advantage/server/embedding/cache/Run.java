// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.cache;

import com.google.common.collect.ImmutableMap;
import io.gcpo.advantage.server.embedding.TextOutcome;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One call of the embedder, whose end other calls may wait for. Ends once; thread-safe. */
final class Run {
  private final CompletableFuture<End> end = new CompletableFuture<>();

  /** It has embedded these. */
  void succeed(Map<CacheKey, TextOutcome> outcomes) {
    end.complete(new End(ImmutableMap.copyOf(outcomes), Optional.empty()));
  }

  /** It has embedded nothing. */
  void fail(Throwable cause) {
    end.complete(new End(ImmutableMap.of(), Optional.of(cause)));
  }

  /** Complete when the run has ended, well or not; never fails. */
  CompletableFuture<?> ended() {
    return end;
  }

  /** What it made of this text; empty if it failed, did not have it, or has not ended. */
  Optional<TextOutcome> outcome(CacheKey key) {
    return Optional.ofNullable(now().outcomes().get(key));
  }

  /** Why it failed, if it did. */
  Optional<Throwable> failure() {
    return now().failure();
  }

  private End now() {
    return end.getNow(End.NONE);
  }

  private record End(ImmutableMap<CacheKey, TextOutcome> outcomes, Optional<Throwable> failure) {
    private static final End NONE = new End(ImmutableMap.of(), Optional.empty());
  }
}
