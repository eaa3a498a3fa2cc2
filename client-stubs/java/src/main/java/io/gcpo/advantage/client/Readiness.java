// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Whether a stream would send a further group at once. Guarded by the session's lock. */
final class Readiness {
  private CompletableFuture<@Nullable Void> ready = CompletableFuture.completedFuture(null);

  /** Done when it would. */
  CompletableFuture<@Nullable Void> future() {
    return ready.copy();
  }

  /** Takes how it is now; returns what is to be done after the lock is released. */
  Runnable become(boolean now) {
    CompletableFuture<@Nullable Void> announced = ready;
    if (now) {
      return () -> announced.complete(null);
    }
    if (ready.isDone()) {
      ready = new CompletableFuture<>();
    }
    return () -> {};
  }
}
