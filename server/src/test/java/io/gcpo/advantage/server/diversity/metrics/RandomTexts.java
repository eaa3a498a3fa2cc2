// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.metrics;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * A source of sets of texts: one seed, one sequence. A set has 1 to 8 texts of 0 to 20 tokens from
 * a vocabulary of 1 to 12, so texts are short, empty, equal, repetitive, or have nothing in common.
 */
final class RandomTexts {
  private final Random random;

  RandomTexts(long seed) {
    this.random = new Random(seed);
  }

  List<String> next() {
    int vocabulary = 1 + random.nextInt(12);
    int longest = random.nextInt(21);
    return IntStream.range(0, 1 + random.nextInt(8))
        .mapToObj(text -> text(random.nextInt(longest + 1), vocabulary))
        .toList();
  }

  /** A text of this many tokens. */
  String text(int tokens, int vocabulary) {
    return String.join(
        " ", IntStream.range(0, tokens).mapToObj(k -> "w" + random.nextInt(vocabulary)).toList());
  }
}
