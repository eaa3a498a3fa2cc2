// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/** How much of its own each solution of a group has. */
final class StepsAdded {
  private StepsAdded() {}

  /** For each solution, how many different steps it takes that no other one takes. */
  static List<Double> of(List<List<String>> solutions) {
    Map<String, Integer> takers = new HashMap<>();
    for (List<String> steps : solutions) {
      new HashSet<>(steps).forEach(step -> takers.merge(step, 1, Integer::sum));
    }
    return solutions.stream()
        .map(
            steps ->
                (double)
                    steps.stream()
                        .distinct()
                        .filter(step -> takers.getOrDefault(step, 0) == 1)
                        .count())
        .toList();
  }
}
