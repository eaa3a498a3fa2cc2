// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

/** One observer for each model. */
@FunctionalInterface
public interface EmbeddingObservers {
  /** Who hears of the embedder of {@code model}; asked once for each. */
  EmbeddingObserver of(String model);
}
