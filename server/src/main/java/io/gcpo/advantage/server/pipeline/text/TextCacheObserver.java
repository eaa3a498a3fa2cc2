// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.pipeline.text;

/**
 * Is told what the memory for submitted texts does. Called from several threads, in no certain
 * order; must be quick and must not throw.
 */
public interface TextCacheObserver {
  /** Hears nothing. */
  TextCacheObserver NONE = new TextCacheObserver() {};

  /** What is kept. */
  enum Kind {
    /** Texts. */
    TEXT,
    /** What kernels read of texts. */
    FEATURES
  }

  /** A group looked for something: it was there, or it was not. */
  default void lookedUp(Kind kind, boolean found) {}

  /** One entry came in; the cache holds {@code bytes} more. */
  default void stored(Kind kind, int bytes) {}

  /** One entry had to leave for others; the cache holds {@code bytes} less. */
  default void evicted(Kind kind, int bytes) {}
}
