// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class WordNGramsTest {

  @Test
  void of_repeatedPairs_countsThem() {
    FeatureBag bag = WordNGrams.of("a b a b a", 2);
    assertThat(bag.distinct()).isEqualTo(2);
    assertThat(bag.total()).isEqualTo(4);
    // min(2, 1) + min(2, 1) of max(2, 1) + max(2, 1)
    assertThat(bag.tanimoto(WordNGrams.of("b a b", 2))).isEqualTo(0.5);
  }

  @Test
  void of_caseAndSpace_changeNothing() {
    assertThat(WordNGrams.of("One  TWO\nthree", 2)).isEqualTo(WordNGrams.of("one two Three", 2));
    assertThat(WordNGrams.of(" One ", 2)).isEqualTo(WordNGrams.of("ONE", 2));
  }

  @Test
  void of_fewerTokensThanTheOrder_isOneFeature() {
    FeatureBag bag = WordNGrams.of("one two", 3);
    assertThat(bag.distinct()).isEqualTo(1);
    assertThat(bag).isEqualTo(WordNGrams.of("one two", 8));
    assertThat(bag.tanimoto(WordNGrams.of("one two three", 3))).isZero();
    assertThat(bag.tanimoto(WordNGrams.of("two one", 3))).isZero();
  }

  @Test
  void of_noToken_isLikeNoTokenOnly() {
    assertThat(WordNGrams.of("", 2)).isEqualTo(WordNGrams.of(" \n", 2));
    assertThat(WordNGrams.of("", 2).tanimoto(WordNGrams.of("", 2))).isEqualTo(1);
    assertThat(WordNGrams.of("", 1).tanimoto(WordNGrams.of("one", 1))).isZero();
  }

  @Test
  void of_orderBelowOne_isRefused() {
    assertThatThrownBy(() -> WordNGrams.of("one", 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("order: 0 (expected: >= 1)");
  }

  @Test
  void of_randomTexts_agreesWithCountedLists() {
    for (int seed = 0; seed < 1000; seed++) {
      Random random = new Random(seed);
      List<String> a = words(random);
      List<String> b = words(random);
      int order = 1 + random.nextInt(4);
      double similarity =
          WordNGrams.of(String.join(" ", a), order)
              .tanimoto(WordNGrams.of(String.join(" ", b), order));
      assertThat(similarity).as("seed %d", seed).isEqualTo(plain(count(a, order), count(b, order)));
    }
  }

  private static List<String> words(Random random) {
    List<String> words = new ArrayList<>();
    int count = random.nextInt(12);
    for (int k = 0; k < count; k++) {
      words.add("w" + random.nextInt(3));
    }
    return words;
  }

  private static Map<List<String>, Integer> count(List<String> words, int order) {
    Map<List<String>, Integer> counts = new HashMap<>();
    if (words.size() < order) {
      counts.put(words, 1);
    }
    for (int k = 0; k + order <= words.size(); k++) {
      counts.merge(words.subList(k, k + order), 1, Integer::sum);
    }
    return counts;
  }

  private static double plain(Map<List<String>, Integer> a, Map<List<String>, Integer> b) {
    List<List<String>> features = new ArrayList<>(a.keySet());
    b.keySet().stream().filter(feature -> !a.containsKey(feature)).forEach(features::add);
    double min = 0;
    double max = 0;
    for (List<String> feature : features) {
      min += Math.min(a.getOrDefault(feature, 0), b.getOrDefault(feature, 0));
      max += Math.max(a.getOrDefault(feature, 0), b.getOrDefault(feature, 0));
    }
    return min / max;
  }
}
