// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class NGramsTest {
  private static final int LONGEST = 5;

  @Test
  void longer_texts_areCountedApart() {
    NGrams bigrams = NGrams.unigrams(List.of("a b a b", "", "b", "a b")).longer();
    assertThat(bigrams.texts()).isEqualTo(4);
    assertThat(bigrams.count(0)).isEqualTo(3);
    assertThat(bigrams.count(1)).isZero();
    assertThat(bigrams.count(2)).isZero();
    assertThat(bigrams.total()).isEqualTo(4);
    assertThat(bigrams.distinct()).as("a b, b a").isEqualTo(2);
    assertThat(bigrams.number(0, 0))
        .isEqualTo(bigrams.number(0, 2))
        .isEqualTo(bigrams.number(3, 0));
  }

  @Test
  void unigrams_tokensOfOneHash_areTwo() {
    assertThat("Aa").hasSameHashCodeAs("BB");
    assertThat(NGrams.unigrams(List.of("Aa BB")).distinct()).isEqualTo(2);
  }

  @Test
  void longer_randomTexts_numbersAreNamesOfNGrams() {
    for (int seed = 0; seed < 1000; seed++) {
      List<String> texts = new RandomTexts(seed).next();
      NGrams nGrams = NGrams.unigrams(texts);
      for (int order = 1; order <= LONGEST; order++) {
        assertNumbersAreNames("seed " + seed + ", order " + order, texts, order, nGrams);
        nGrams = nGrams.longer();
      }
    }
  }

  private static void assertNumbersAreNames(
      String description, List<String> texts, int order, NGrams nGrams) {
    Map<List<String>, Integer> names = new HashMap<>();
    long total = 0;
    for (int text = 0; text < texts.size(); text++) {
      List<List<String>> plain = PlainTextMetrics.nGrams(texts.get(text), order);
      assertThat(nGrams.count(text)).as(description).isEqualTo(plain.size());
      total += plain.size();
      for (int k = 0; k < plain.size(); k++) {
        int number = nGrams.number(text, k);
        Integer known = names.putIfAbsent(plain.get(k), number);
        assertThat(known == null || known == number).as(description).isTrue();
      }
    }
    assertThat(nGrams.total()).as(description).isEqualTo(total);
    assertThat(nGrams.distinct()).as(description).isEqualTo(names.size());
    assertThat(names.values())
        .as(description)
        .doesNotHaveDuplicates()
        .allMatch(number -> number >= 0 && number < names.size());
  }
}
