// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.metrics;

import io.gcpo.advantage.server.linalg.Interruption;

/** Numbers for pairs of numbers: equal pairs get equal numbers, and no others do. */
final class PairNumbers {
  private final int[] numbers;
  private final int distinct;

  private PairNumbers(int[] numbers, int distinct) {
    this.numbers = numbers;
    this.distinct = distinct;
  }

  /**
   * Numbers the pairs (heads[k], tails[k]) in their ascending order. O(length + bounds).
   *
   * @param heads [length], each in [0, headBound)
   * @param tails [length], each in [0, tailBound)
   */
  static PairNumbers of(int[] heads, int headBound, int[] tails, int tailBound) {
    int[] order = new int[heads.length];
    for (int k = 0; k < order.length; k++) {
      order[k] = k;
    }
    order = sorted(sorted(order, tails, tailBound), heads, headBound);
    int[] numbers = new int[heads.length];
    int distinct = 0;
    for (int k = 0; k < order.length; k++) {
      Interruption.check();
      int here = order[k];
      if (k == 0 || heads[here] != heads[order[k - 1]] || tails[here] != tails[order[k - 1]]) {
        distinct++;
      }
      numbers[here] = distinct - 1;
    }
    return new PairNumbers(numbers, distinct);
  }

  /** [length], the caller's own. */
  int[] numbers() {
    return numbers;
  }

  /** How many different pairs there are. */
  int distinct() {
    return distinct;
  }

  /** The positions in {@code order}, stably sorted by their keys: a counting sort. */
  private static int[] sorted(int[] order, int[] keys, int bound) {
    int[] ends = new int[bound + 1];
    for (int key : keys) {
      ends[key + 1]++;
    }
    for (int key = 0; key < bound; key++) {
      ends[key + 1] += ends[key];
    }
    int[] sorted = new int[order.length];
    for (int position : order) {
      Interruption.check();
      sorted[ends[keys[position]]++] = position;
    }
    return sorted;
  }
}
