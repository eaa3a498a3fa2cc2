// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import java.util.List;

/**
 * What the benchmark asks of one group.
 *
 * @param correct the correct rollouts, which share the credit
 * @param stepsAdded for each of them, how many steps it takes that no other one takes
 * @param compared the texts that are compared in pairs
 * @param originals how many of them, from the first, are no copies made for the benchmark
 * @param pairs of {@code compared}
 */
record QualityGroup(
    ComparedRollouts correct,
    List<Double> stepsAdded,
    ComparedRollouts compared,
    int originals,
    List<TextPair> pairs) {
  QualityGroup {
    stepsAdded = List.copyOf(stepsAdded);
    pairs = List.copyOf(pairs);
  }

  /**
   * Two texts.
   *
   * @param alike whether a kernel ought to find them so
   * @param sure whether nothing speaks against that label
   */
  record TextPair(int left, int right, boolean alike, boolean sure) {}
}
