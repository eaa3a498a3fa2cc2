// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import io.gcpo.advantage.server.pipeline.text.TextCacheObserver;
import java.util.function.LongSupplier;

/** Makes a broken observer harmless. As thread-safe as the observer. */
final class GuardedTextCacheObserver implements TextCacheObserver {
  private final TextCacheObserver observer;
  private final Guard guard;

  GuardedTextCacheObserver(TextCacheObserver observer, LongSupplier nanoClock) {
    this.observer = observer;
    this.guard = new Guard(observer.getClass(), nanoClock);
  }

  @Override
  public void lookedUp(Kind kind, boolean found) {
    guard.run(() -> observer.lookedUp(kind, found));
  }

  @Override
  public void stored(Kind kind, int bytes) {
    guard.run(() -> observer.stored(kind, bytes));
  }

  @Override
  public void evicted(Kind kind, int bytes) {
    guard.run(() -> observer.evicted(kind, bytes));
  }
}
