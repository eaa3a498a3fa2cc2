// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.pooling;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The settings of a Pooling module.
 *
 * @param modes at least one; the results of several are put one behind the other
 * @param stateDimension length d of the states that it takes; 0 for any
 * @param includePrompt whether the tokens of a prompt count
 */
public record PoolingConfig(List<PoolingMode> modes, int stateDimension, boolean includePrompt) {
  /** What holds for a model that does not say. */
  public static final PoolingConfig MEAN = new PoolingConfig(List.of(PoolingMode.MEAN), 0, true);

  public PoolingConfig {
    modes = ImmutableList.copyOf(modes);
  }

  /** The labels of the modes, joined by {@code +}. */
  String label() {
    return modes.stream().map(PoolingMode::label).collect(Collectors.joining("+"));
  }
}
