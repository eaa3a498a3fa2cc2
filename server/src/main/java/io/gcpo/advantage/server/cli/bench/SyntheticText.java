// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli.bench;

import java.util.SplittableRandom;

/**
 * Made-up solutions of word problems: common words, numbers of two digits and sums that are right,
 * so that tokenizers and kernels that read steps have something to read.
 */
final class SyntheticText {
  private static final String[] WORDS = {
    "so", "then", "we", "have", "the", "first", "second", "half", "each", "day", "week", "there",
    "are", "left", "after", "that", "she", "he", "they", "total", "number", "of", "and", "with",
    "his", "her", "this", "gives", "which", "means", "now", "next", "add", "take", "away", "more",
    "less", "than", "price", "cost", "miles", "hours", "books", "eggs", "trees", "boys", "girls",
    "dollars", "money", "time", "every", "one", "two", "three", "per", "from", "back", "again"
  };
  private static final int WORDS_OF_A_SUM = 6;
  private static final int LARGEST = 49;

  private SyntheticText() {}

  /** A text of so many words, signs and numbers, with a space between two. */
  static String write(SplittableRandom random, int words) {
    StringBuilder text = new StringBuilder(words * 5);
    int left = words;
    while (left > 0) {
      if (left >= WORDS_OF_A_SUM && random.nextInt(4) == 0) {
        sum(random, text);
        left -= WORDS_OF_A_SUM;
      } else {
        text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
        left--;
      }
    }
    text.setLength(text.length() - 1);
    return text.toString();
  }

  private static void sum(SplittableRandom random, StringBuilder text) {
    int a = 1 + random.nextInt(LARGEST);
    int b = 1 + random.nextInt(LARGEST);
    text.append(a).append(" + ").append(b).append(" = ").append(a + b).append(" . ");
  }
}
