// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.metrics;

import io.gcpo.advantage.server.linalg.Interruption;

/**
 * How many n-grams of each text are found in one of the other texts, where one that a text has c
 * times counts at most as often as the other text that has it most often: the numerators of BLEU's
 * modified precision with all others as references.
 */
final class ClippedMatches {
  private ClippedMatches() {}

  /** [texts]. Linear in the number of n-grams, whatever the number of texts. */
  static int[] of(NGrams nGrams) {
    // The others' largest count is the largest of all, or the second where that is one's own.
    int[] largest = new int[nGrams.distinct()];
    int[] second = new int[nGrams.distinct()];
    int[] owner = new int[nGrams.distinct()];
    int[] counts = new int[nGrams.distinct()];
    for (int text = 0; text < nGrams.texts(); text++) {
      Interruption.check();
      count(nGrams, text, counts);
      for (int k = 0; k < nGrams.count(text); k++) {
        int number = nGrams.number(text, k);
        int own = counts[number];
        counts[number] = 0;
        if (own > largest[number]) {
          second[number] = largest[number];
          largest[number] = own;
          owner[number] = text;
        } else if (own > second[number]) {
          second[number] = own;
        }
      }
    }
    int[] matches = new int[nGrams.texts()];
    for (int text = 0; text < nGrams.texts(); text++) {
      Interruption.check();
      count(nGrams, text, counts);
      for (int k = 0; k < nGrams.count(text); k++) {
        int number = nGrams.number(text, k);
        int others = owner[number] == text ? second[number] : largest[number];
        matches[text] += Math.min(counts[number], others);
        counts[number] = 0;
      }
    }
    return matches;
  }

  private static void count(NGrams nGrams, int text, int[] counts) {
    for (int k = 0; k < nGrams.count(text); k++) {
      counts[nGrams.number(text, k)]++;
    }
  }
}
