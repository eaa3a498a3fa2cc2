// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.credit;

/**
 * A stream of numbers that a seed decides, the same on every machine: SplitMix64 (Steele, Lea and
 * Flood, Fast splittable pseudorandom number generators, 2014). Confined to one thread.
 */
final class SeededNumbers {
  private static final long GOLDEN_RATIO = 0x9e3779b97f4a7c15L;

  private long state;

  SeededNumbers(long seed) {
    state = seed;
  }

  /** A random order of the positions 0 ... n - 1. */
  int[] nextOrder(int n) {
    int[] order = new int[n];
    for (int i = 1; i < n; i++) {
      // 63 bits for at most 1,024 outcomes: one of them is favoured by no more than 2^-53.
      int j = (int) ((next() >>> 1) % (i + 1));
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  /** True or false. */
  boolean nextBoolean() {
    return next() < 0;
  }

  private long next() {
    state += GOLDEN_RATIO;
    long mixed = (state ^ (state >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
