// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import io.gcpo.advantage.server.embedding.cache.CacheObserver;
import java.util.function.LongSupplier;

/** Makes a broken observer harmless. As thread-safe as the observer. */
final class GuardedCacheObserver implements CacheObserver {
  private final CacheObserver observer;
  private final Guard guard;

  GuardedCacheObserver(CacheObserver observer, LongSupplier nanoClock) {
    this.observer = observer;
    this.guard = new Guard(observer.getClass(), nanoClock);
  }

  @Override
  public void lookedUp(int hits, int misses) {
    guard.run(() -> observer.lookedUp(hits, misses));
  }

  @Override
  public void stored(int bytes) {
    guard.run(() -> observer.stored(bytes));
  }

  @Override
  public void evicted(int bytes) {
    guard.run(() -> observer.evicted(bytes));
  }
}
