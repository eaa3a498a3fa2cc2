// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.cache;

/**
 * Is told what the cache of embeddings does. Called from several threads, in no certain order; must
 * be quick and must not throw.
 */
public interface CacheObserver {
  /** Hears nothing. */
  CacheObserver NONE = new CacheObserver() {};

  /**
   * Of a call's distinct texts, {@code hits} were in the cache or came from another call that had
   * them embedded just then, and {@code misses} did not.
   */
  default void lookedUp(int hits, int misses) {}

  /** The hits of a call spared the model {@code tokens}. */
  default void reused(long tokens) {}

  /**
   * {@code texts} of a call were the same as others of it, which spared the model {@code tokens}.
   */
  default void collapsed(int texts, long tokens) {}

  /** One embedding came in; the cache holds {@code bytes} more. */
  default void stored(int bytes) {}

  /** One embedding had to leave for others; the cache holds {@code bytes} less. */
  default void evicted(int bytes) {}
}
