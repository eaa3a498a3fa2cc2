// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.metrics;

import io.gcpo.advantage.server.diversity.feature.TextTokens;
import io.gcpo.advantage.server.linalg.Interruption;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The n-grams of one order in each text of a list, numbered from 0: equal n-grams have equal
 * numbers, and no others have. Immutable.
 */
final class NGrams {
  /*
   * An n-gram is an (n-1)-gram and the token behind it, so it is known by a pair of numbers, and pairs
   * are numbered by sorting: no hash decides a number and no text is slow. Time and memory are linear
   * in the tokens of all texts.
   */
  private final int order;
  private final int[][] tokens;
  private final int vocabulary;
  private final int[][] numbers;
  private final int distinct;

  private NGrams(int order, int[][] tokens, int vocabulary, int[][] numbers, int distinct) {
    this.order = order;
    this.tokens = tokens;
    this.vocabulary = vocabulary;
    this.numbers = numbers;
    this.distinct = distinct;
  }

  /** The tokens of each text, see {@link TextTokens}. */
  static NGrams unigrams(List<String> texts) {
    Map<String, Integer> vocabulary = new HashMap<>();
    int[][] tokens = new int[texts.size()][];
    for (int text = 0; text < tokens.length; text++) {
      Interruption.check();
      tokens[text] =
          TextTokens.of(texts.get(text)).stream()
              .mapToInt(token -> vocabulary.computeIfAbsent(token, unseen -> vocabulary.size()))
              .toArray();
    }
    return new NGrams(1, tokens, vocabulary.size(), tokens, vocabulary.size());
  }

  /** The n-grams of the next order of the same texts. */
  NGrams longer() {
    int[] starts = new int[texts() + 1];
    for (int text = 0; text < texts(); text++) {
      starts[text + 1] = Math.addExact(starts[text], Math.max(0, count(text) - 1));
    }
    int[] heads = new int[starts[texts()]];
    int[] tails = new int[heads.length];
    for (int text = 0; text < texts(); text++) {
      int length = starts[text + 1] - starts[text];
      System.arraycopy(numbers[text], 0, heads, starts[text], length);
      if (length > 0) {
        System.arraycopy(tokens[text], order, tails, starts[text], length);
      }
    }
    PairNumbers pairs = PairNumbers.of(heads, distinct, tails, vocabulary);
    int[][] longer = new int[texts()][];
    for (int text = 0; text < texts(); text++) {
      longer[text] = Arrays.copyOfRange(pairs.numbers(), starts[text], starts[text + 1]);
    }
    return new NGrams(order + 1, tokens, vocabulary, longer, pairs.distinct());
  }

  /** How many texts there are. */
  int texts() {
    return numbers.length;
  }

  /** How many n-grams a text has: max(0, tokens - n + 1). */
  int count(int text) {
    return numbers[text].length;
  }

  /** The number, in [0, distinct), of the n-gram at a position in [0, count) of a text. */
  int number(int text, int position) {
    return numbers[text][position];
  }

  /** How many different n-grams there are in all texts. */
  int distinct() {
    return distinct;
  }

  /** How many n-grams there are in all texts. */
  long total() {
    long total = 0;
    for (int[] text : numbers) {
      total += text.length;
    }
    return total;
  }
}
