// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whose answers stay, where there are several: the rest is asked for again. Those of the newest,
 * since the older servers are about to go, for as long as it answers. Confined to one thread at a
 * time.
 */
final class WantedSource {
  private static final int MAX_ROUNDS = 6;

  /** Connections take turns: a server that is still there answers one of two repeats of a part. */
  private static final int MAX_MISSED = 2;

  private @Nullable Source wanted;
  private int missed;
  private int rounds;

  /** Learns where the answers of one round came from, in the order of their questions. */
  void came(List<Source> sources) {
    if (sources.isEmpty()) {
      return;
    }
    missed = wanted != null && sources.contains(wanted) ? 0 : missed + 1;
    if (wanted == null || missed == MAX_MISSED) {
      wanted = sources.get(sources.size() - 1);
      missed = 0;
    }
  }

  /**
   * Places of what is to be asked for again, in order; empty after too many rounds.
   *
   * @param sources of all answers at hand, by place; without what is not put together
   */
  List<Integer> others(Map<Integer, Source> sources) {
    List<Integer> others =
        sources.entrySet().stream()
            .filter(each -> !each.getValue().equals(wanted))
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    if (others.isEmpty() || rounds == MAX_ROUNDS) {
      return List.of();
    }
    rounds++;
    return others;
  }
}
