// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.metrics;

import java.util.function.IntFunction;

/**
 * Self-BLEU (Zhu et al. 2018, arXiv 1802.01886): the mean over the texts of a set of the BLEU-4 of
 * a text with all others as its references. Lower is more diverse.
 *
 * <p>BLEU (Papineni et al. 2002) is that of NLTK's {@code sentence_bleu} with {@code
 * SmoothingFunction().method1}: uniform weights; clipped precisions, in which a numerator of 0
 * counts as 0.1 (Chen and Cherry 2014, method 1) and a denominator of 0 as 1; the length of the
 * reference that is closest, the shorter of two; 0 for a text of which no token is found elsewhere.
 * So a text of fewer than 4 tokens is below 1 even among copies of itself. Tokens are those of
 * {@link io.gcpo.advantage.server.diversity.feature.TextTokens}.
 */
final class SelfBleu {
  private static final int ORDERS = 4;
  private static final double NO_MATCH = 0.1;

  private SelfBleu() {}

  /**
   * In [0, 1]; exactly 1 for copies of a text of at least 4 tokens, 0 for fewer than two texts.
   * Linear in the number of tokens.
   *
   * @param nGrams the n-grams of the texts by order
   */
  static double of(IntFunction<NGrams> nGrams) {
    NGrams tokens = nGrams.apply(1);
    int texts = tokens.texts();
    if (texts < 2) {
      return 0;
    }
    double[] logPrecisions = new double[texts];
    for (int order = 1; order <= ORDERS; order++) {
      addLogPrecisions(nGrams.apply(order), logPrecisions);
    }
    int[] matchingTokens = ClippedMatches.of(tokens);
    double sum = 0;
    for (int text = 0; text < texts; text++) {
      if (matchingTokens[text] > 0) {
        sum += StrictMath.exp(logPrecisions[text] / ORDERS - brevity(tokens, text));
      }
    }
    return sum / texts;
  }

  private static void addLogPrecisions(NGrams nGrams, double[] logPrecisions) {
    int[] matches = ClippedMatches.of(nGrams);
    for (int text = 0; text < matches.length; text++) {
      double found = matches[text] == 0 ? NO_MATCH : matches[text];
      logPrecisions[text] += StrictMath.log(found / Math.max(1, nGrams.count(text)));
    }
  }

  /** What is taken from the logarithm of a text that is shorter than its closest reference. */
  private static double brevity(NGrams tokens, int text) {
    int length = tokens.count(text);
    int closest = closestLength(tokens, text);
    return length > closest ? 0 : (double) closest / length - 1;
  }

  private static int closestLength(NGrams tokens, int text) {
    int length = tokens.count(text);
    int closest = Integer.MAX_VALUE;
    for (int other = 0; other < tokens.texts(); other++) {
      int candidate = tokens.count(other);
      int nearer = Math.abs(candidate - length) - Math.abs(closest - length);
      if (other != text && (nearer < 0 || (nearer == 0 && candidate < closest))) {
        closest = candidate;
      }
    }
    return closest;
  }
}
