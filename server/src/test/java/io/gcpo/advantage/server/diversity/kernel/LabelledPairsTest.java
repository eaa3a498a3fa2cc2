// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LabelledPairsTest {
  private final LabelledPairs pairs = new LabelledPairs();

  @Test
  void area_countsTiesHalf() {
    pairs.add(0, 0.9, true);
    pairs.add(0, 0.5, true);
    pairs.add(1, 0.5, false);
    pairs.add(1, 0.1, false);
    assertThat(pairs.area()).isEqualTo((1 + 1 + 0.5 + 1) / 4);
    assertThat(pairs.count()).isEqualTo(4);
    assertThat(pairs.countAlike()).isEqualTo(2);
  }

  @Test
  void area_equalsPlainCountOverCombinations() {
    Random random = new Random(7);
    List<Double> alike = new ArrayList<>();
    List<Double> unlike = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      boolean isAlike = random.nextBoolean();
      double similarity = (random.nextInt(20) + (isAlike ? 3 : 0)) / 20.0;
      (isAlike ? alike : unlike).add(similarity);
      pairs.add(i % 9, similarity, isAlike);
    }
    double wins = 0;
    for (double high : alike) {
      for (double low : unlike) {
        wins += high > low ? 1 : high == low ? 0.5 : 0;
      }
    }
    assertThat(pairs.area())
        .as("seed 7")
        .isCloseTo(wins / alike.size() / unlike.size(), within(1e-12));
    assertThat(pairs.interval().low()).as("seed 7").isLessThan(pairs.area());
    assertThat(pairs.interval().high()).as("seed 7").isGreaterThan(pairs.area());
    assertThat(pairs.interval()).isEqualTo(pairs.interval());
  }

  @Test
  void interval_drawsWholeGroups() {
    // Each group alone has an area of 1, so only the share of the groups could vary.
    for (int group = 0; group < 5; group++) {
      pairs.add(group, 1, true);
      pairs.add(group, 0, false);
    }
    assertThat(pairs.interval()).isEqualTo(new LabelledPairs.Interval(1, 1));
  }

  @Test
  void interval_groupsWithoutOneKind_areDrawnAgain() {
    pairs.add(0, 1, true);
    pairs.add(3, 0, false);
    assertThat(pairs.interval()).isEqualTo(new LabelledPairs.Interval(1, 1));
  }

  @Test
  void area_oneKind_isNotANumber() {
    pairs.add(0, 1, true);
    assertThat(pairs.area()).isNaN();
    assertThat(pairs.interval().low()).isNaN();
  }
}
