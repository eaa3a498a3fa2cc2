// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gcpo.advantage.server.diversity.feature.TextTokens;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What holds for the metrics of any texts. */
final class TextMetricsPropertiesTest {
  private static final int SETS = 1000;
  private static final DiversityChoice OF_TEXTS =
      DiversityChoice.of(
          DiversityMetric.DISTINCT_N, DiversityMetric.SELF_BLEU, DiversityMetric.UNIQUE_TEXT_RATIO);

  @Test
  void measure_randomTexts_equalsPlainDefinitions() {
    for (int seed = 0; seed < SETS; seed++) {
      List<String> texts = new RandomTexts(seed).next();
      DiversityMetrics metrics = measure(texts);
      assertThat(metrics.distinctNGrams())
          .as("seed %d", seed)
          .contains(
              new DistinctNGrams(
                  PlainTextMetrics.distinctN(texts, 1),
                  PlainTextMetrics.distinctN(texts, 2),
                  PlainTextMetrics.distinctN(texts, 3)));
      assertThat(metrics.selfBleu().orElseThrow())
          .as("seed %d", seed)
          .isCloseTo(PlainTextMetrics.selfBleu(texts), within(1e-12));
      assertThat(metrics.uniqueTextRatio())
          .as("seed %d", seed)
          .hasValue((double) new HashSet<>(texts).size() / texts.size());
    }
  }

  @Test
  void measure_randomTexts_staysInDocumentedRanges() {
    for (int seed = 0; seed < SETS; seed++) {
      List<String> texts = new RandomTexts(seed).next();
      DiversityMetrics metrics = measure(texts);
      DistinctNGrams distinctN = metrics.distinctNGrams().orElseThrow();
      assertShare(seed, texts, 1, distinctN.unigrams());
      assertShare(seed, texts, 2, distinctN.bigrams());
      assertShare(seed, texts, 3, distinctN.trigrams());
      assertThat(metrics.selfBleu().orElseThrow()).as("seed %d", seed).isBetween(0.0, 1.0);
      assertThat(metrics.uniqueTextRatio().orElseThrow())
          .as("seed %d", seed)
          .isBetween(1.0 / texts.size(), 1.0);
    }
  }

  @Test
  void measure_otherOrder_changesNothing() {
    for (int seed = 0; seed < SETS; seed++) {
      List<String> texts = new RandomTexts(seed).next();
      List<String> shuffled = new ArrayList<>(texts);
      Collections.shuffle(shuffled, new Random(seed));
      DiversityMetrics metrics = measure(texts);
      DiversityMetrics other = measure(shuffled);
      assertThat(other.distinctNGrams()).as("seed %d", seed).isEqualTo(metrics.distinctNGrams());
      assertThat(other.uniqueTextRatio()).as("seed %d", seed).isEqualTo(metrics.uniqueTextRatio());
      assertThat(other.selfBleu().orElseThrow())
          .as("seed %d", seed)
          .isCloseTo(metrics.selfBleu().orElseThrow(), within(1e-14));
    }
  }

  @Test
  void measure_everyTextTwice_halvesTheRatios() {
    for (int seed = 0; seed < SETS; seed++) {
      List<String> texts = new RandomTexts(seed).next();
      List<String> twice = new ArrayList<>(texts);
      twice.addAll(texts);
      DiversityMetrics metrics = measure(texts);
      DistinctNGrams once = metrics.distinctNGrams().orElseThrow();
      assertThat(measure(twice).distinctNGrams())
          .as("seed %d", seed)
          .contains(
              new DistinctNGrams(once.unigrams() / 2, once.bigrams() / 2, once.trigrams() / 2));
      assertThat(measure(twice).uniqueTextRatio())
          .as("seed %d", seed)
          .hasValue(metrics.uniqueTextRatio().orElseThrow() / 2);
      assertThat(measure(twice).selfBleu().orElseThrow())
          .as("seed %d", seed)
          .isGreaterThanOrEqualTo(metrics.selfBleu().orElseThrow());
    }
  }

  private static void assertShare(int seed, List<String> texts, int order, double share) {
    boolean any = texts.stream().anyMatch(text -> TextTokens.of(text).size() >= order);
    if (any) {
      assertThat(share).as("seed %d, order %d", seed, order).isPositive().isLessThanOrEqualTo(1);
    } else {
      assertThat(share).as("seed %d, order %d", seed, order).isZero();
    }
  }

  private static DiversityMetrics measure(List<String> texts) {
    return DiversityMeter.measure(OF_TEXTS, RolloutSet.ofTexts(texts));
  }
}
