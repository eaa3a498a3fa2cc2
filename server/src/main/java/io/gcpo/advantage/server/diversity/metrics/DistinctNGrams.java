// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.metrics;

import java.util.function.IntFunction;

/**
 * distinct-n (Li et al. 2016, arXiv 1510.03055): of the n-grams of all texts of a set, the share
 * that is left when each counts once. Tokens are those of {@link
 * io.gcpo.advantage.server.diversity.feature.TextTokens}.
 *
 * <p>In (0, 1]; 0 if no text has n tokens. It falls with the length of the texts, so compare it
 * among texts of like length.
 *
 * @param unigrams distinct-1
 * @param bigrams distinct-2
 * @param trigrams distinct-3
 */
public record DistinctNGrams(double unigrams, double bigrams, double trigrams) {

  /**
   * Linear in the number of tokens.
   *
   * @param nGrams the n-grams of the texts by order
   */
  static DistinctNGrams of(IntFunction<NGrams> nGrams) {
    return new DistinctNGrams(
        share(nGrams.apply(1)), share(nGrams.apply(2)), share(nGrams.apply(3)));
  }

  private static double share(NGrams nGrams) {
    return nGrams.total() == 0 ? 0 : (double) nGrams.distinct() / nGrams.total();
  }
}
