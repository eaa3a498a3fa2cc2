// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.pipeline.text;

import io.gcpo.advantage.server.config.ConfigProblems;
import io.gcpo.advantage.server.config.ConfigReader;

/**
 * Settings of the memory for submitted texts, {@code texts.*}.
 *
 * @param cacheBytes {@code texts.cache-bytes}: of memory for texts and what kernels read of them; 0
 *     for none
 */
public record TextsConfig(long cacheBytes) {
  /** 128 MiB, a step of 2,048 rollouts of 14 kB of prose; a small heap must hold it too. */
  private static final long DEFAULT_CACHE_BYTES = 1L << 27;

  public TextsConfig {
    new ConfigProblems()
        .require(cacheBytes >= 0, "texts.cache-bytes: %d (expected: >= 0)", cacheBytes)
        .throwIfAny();
  }

  /** The settings of {@code reader}, or the defaults. */
  public static TextsConfig read(ConfigReader reader) {
    return new TextsConfig(reader.whole("texts.cache-bytes", DEFAULT_CACHE_BYTES));
  }
}
