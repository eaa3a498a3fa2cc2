// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.cache;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The texts that are with the embedder, each in one run. Holds no more than the embedder does.
 * Thread-safe.
 */
final class RunningTexts {
  private final Map<CacheKey, Run> runs = new ConcurrentHashMap<>();

  /** The run that has this text, if any. */
  Optional<Run> find(CacheKey key) {
    return Optional.ofNullable(runs.get(key));
  }

  /** Gives the text to {@code run}, unless another has it: then that one. */
  Optional<Run> claim(CacheKey key, Run run) {
    return Optional.ofNullable(runs.putIfAbsent(key, run));
  }

  /** Takes those of these texts from {@code run} that it has. */
  void release(Collection<CacheKey> keys, Run run) {
    keys.forEach(key -> runs.remove(key, run));
  }

  /** How many there are. */
  int size() {
    return runs.size();
  }
}
