// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.feature;

/** 64-bit hashes of sequences, the same in every process. */
public final class FeatureHash {
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private static final long BASIS = 0xCBF29CE484222325L;
  private static final long PRIME = 0x100000001B3L;

  private FeatureHash() {}

  /** The hash of a sequence {@code state} with one more element. Depends on the order. */
  public static long append(long state, long element) {
    return mix(Long.rotateLeft(state, 23) * GOLDEN + mix(element + GOLDEN));
  }

  /**
   * The hash of a range of characters: FNV-1a over UTF-16 units, begun with the length (Noll,
   * "Fowler/Noll/Vo hash"), and mixed.
   */
  public static long of(CharSequence text, int start, int end) {
    // From the basis of FNV: from 0, the first character could undo the length.
    long state = BASIS + end - start;
    for (int i = start; i < end; i++) {
      state = (state ^ text.charAt(i)) * PRIME;
    }
    return mix(state);
  }

  /** The hash of characters. */
  public static long of(CharSequence text) {
    return of(text, 0, text.length());
  }

  /** The finaliser of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): a bijection. */
  public static long mix(long value) {
    long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }
}
