// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.cache;

/**
 * Is told what the cache of embeddings does. Called from several threads, in no certain order; must
 * be quick and must not throw.
 */
public interface CacheObserver {
  /** Hears nothing. */
  CacheObserver NONE = new CacheObserver() {};

  /** Of a request's texts, {@code hits} were answered from memory and {@code misses} were not. */
  default void lookedUp(int hits, int misses) {}

  /** One embedding came in; the cache holds {@code bytes} more. */
  default void stored(int bytes) {}

  /** One embedding had to leave for others; the cache holds {@code bytes} less. */
  default void evicted(int bytes) {}
}
