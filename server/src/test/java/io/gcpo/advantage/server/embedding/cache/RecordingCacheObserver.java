// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.cache;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Adds up what it is told. */
final class RecordingCacheObserver implements CacheObserver {
  final AtomicInteger hits = new AtomicInteger();
  final AtomicInteger misses = new AtomicInteger();
  final AtomicInteger stored = new AtomicInteger();
  final AtomicInteger evictions = new AtomicInteger();
  final AtomicLong bytes = new AtomicLong();

  @Override
  public void lookedUp(int hits, int misses) {
    this.hits.addAndGet(hits);
    this.misses.addAndGet(misses);
  }

  @Override
  public void stored(int bytes) {
    stored.incrementAndGet();
    this.bytes.addAndGet(bytes);
  }

  @Override
  public void evicted(int bytes) {
    evictions.incrementAndGet();
    this.bytes.addAndGet(-bytes);
  }
}
