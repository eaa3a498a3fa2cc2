// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.steps;

import io.gcpo.advantage.server.diversity.feature.CaseFold;
import io.gcpo.advantage.server.diversity.feature.FeatureBag;
import io.gcpo.advantage.server.diversity.feature.FeatureHash;

/**
 * The sentences of a text, each as its words whatever their order, case and punctuation, and the
 * pairs of neighbouring words. One text's.
 *
 * <p>A sentence weighs 4, a pair 1: a sentence of ten words that is changed in one of them keeps
 * most of its weight, by its pairs, and one that is rearranged keeps what they do not say. The
 * weights are a choice; there are no labelled proofs here to measure them on.
 */
final class Sentences {
  private static final int SENTENCE_WEIGHT = 4;
  private static final int PAIR_WEIGHT = 1;

  private static final long SENTENCE = 11;
  private static final long PAIR = 12;

  private final FeatureBag.Builder bag;
  private long words;
  private long previous;

  private Sentences(FeatureBag.Builder bag) {
    this.bag = bag;
  }

  /** Adds the sentences of a text to the bag. Linear in the text. */
  static void collect(String text, FeatureBag.Builder bag) {
    Sentences sentences = new Sentences(bag);
    int start = -1;
    for (int i = 0; i <= text.length(); i++) {
      char c = i < text.length() ? text.charAt(i) : '\n';
      if (Character.isLetterOrDigit(c) || Character.isSurrogate(c)) {
        start = start < 0 ? i : start;
        continue;
      }
      if (start >= 0) {
        sentences.word(FeatureHash.of(CaseFold.of(text.substring(start, i))));
        start = -1;
      }
      if (isEnd(text, i, c)) {
        sentences.end();
      }
    }
  }

  private void word(long hash) {
    // A sum does not mind the order.
    words += FeatureHash.mix(hash);
    bag.add(FeatureHash.append(FeatureHash.append(PAIR, previous), hash), PAIR_WEIGHT);
    previous = hash;
  }

  private void end() {
    if (previous != 0) {
      bag.add(FeatureHash.append(SENTENCE, words), SENTENCE_WEIGHT);
    }
    words = 0;
    previous = 0;
  }

  /** A line break, or a mark with a space behind it: 3.5 goes on. */
  private static boolean isEnd(String text, int index, char c) {
    return c == '\n'
        || ((c == '.' || c == '!' || c == '?' || c == ';' || c == '\u3002')
            && (index + 1 >= text.length() || !Character.isLetterOrDigit(text.charAt(index + 1))));
  }
}
