// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.feature;

import java.util.List;

/** The word n-grams of a text, as features to compare. */
public final class WordNGrams {
  private WordNGrams() {}

  /**
   * Each run of {@code order} {@link TextTokens} of the case-folded {@link PlainText}, weighted by
   * how often it occurs. A text of fewer tokens is one feature: all of them. So white space and
   * case change nothing, and texts without a token are alike. O(length + tokens * order).
   *
   * @param order n >= 1
   */
  public static FeatureBag of(String text, int order) {
    if (order < 1) {
      throw new IllegalArgumentException("order: " + order + " (expected: >= 1)");
    }
    List<String> words = TextTokens.of(CaseFold.of(PlainText.of(text)));
    long[] tokens = words.stream().mapToLong(FeatureHash::of).toArray();
    int length = Math.min(order, tokens.length);
    FeatureBag.Builder bag = new FeatureBag.Builder();
    for (int start = 0; start + length <= tokens.length; start++) {
      bag.add(hash(tokens, start, length), 1);
      if (length == 0) {
        break;
      }
    }
    return bag.build();
  }

  private static long hash(long[] tokens, int start, int length) {
    long state = length;
    for (int k = 0; k < length; k++) {
      state = FeatureHash.append(state, tokens[start + k]);
    }
    return state;
  }
}
