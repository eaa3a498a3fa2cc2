// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SelfBleuTest {

  @Test
  void of_copiesOfFourTokensAndMore_isExactlyOne() {
    for (int seed = 0; seed < 100; seed++) {
      String text = new RandomTexts(seed).text(4 + seed, 5);
      assertThat(selfBleu(Collections.nCopies(2 + seed % 7, text)))
          .as("seed %d", seed)
          .isEqualTo(1);
    }
  }

  @Test
  void of_copiesOfOneToken_countsThreeMissingOrdersAsATenth() {
    assertThat(selfBleu(List.of("yes", "yes"))).isCloseTo(Math.pow(0.1, 0.75), within(1e-15));
  }

  @Test
  void of_nothingInCommon_isZero() {
    assertThat(selfBleu(List.of("a b c d e", "f g h i"))).isZero();
    assertThat(selfBleu(List.of("", "", "a"))).isZero();
  }

  @Test
  void of_fewerThanTwoTexts_isZero() {
    assertThat(selfBleu(List.of())).isZero();
    assertThat(selfBleu(List.of("a b c d e"))).isZero();
  }

  @Test
  void of_shorterText_isPenalised() {
    // All orders match. The short text: exp(1 - 5 / 4). The long one: 4/5, 3/4, 2/3, 1/2, no
    // penalty.
    double expected = (Math.exp(-0.25) + Math.pow(0.2, 0.25)) / 2;
    assertThat(selfBleu(List.of("a b c d", "a b c d e"))).isCloseTo(expected, within(1e-15));
  }

  private static double selfBleu(List<String> texts) {
    return SelfBleu.of(new MeasuredSet(RolloutSet.ofTexts(texts))::nGrams);
  }
}
