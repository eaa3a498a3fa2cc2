// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.batching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BatchPlannerTest {
  /** May go along. */
  private static final OptionalLong ALL = OptionalLong.empty();

  private record Item(int number, int length) {}

  private final BatchPlanner<String> planner = new BatchPlanner<>(false);

  @Test
  void next_nothingWaits_empty() {
    assertThat(planner.next(1024, ALL)).isEmpty();
  }

  @Test
  void next_severalLengths_oldestFirstAndOneLengthOnly() {
    planner.add("a16", 16, 0);
    planner.add("b8", 8, 0);
    planner.add("c16", 16, 0);
    planner.add("d8", 8, 0);

    assertThat(planner.next(1024, ALL)).containsExactly("a16", "c16");
    assertThat(planner.next(1024, ALL)).containsExactly("b8", "d8");
    assertThat(planner.size()).isZero();
    assertThat(planner.tokens()).isZero();
  }

  @Test
  void longest_isOverAllLengths() {
    assertThat(planner.longest(String::length)).isZero();
    planner.add("three", 16, 0);
    planner.add("longest", 8, 1);
    planner.add("one", 8, 2);

    assertThat(planner.longest(String::length)).isEqualTo("longest".length());
  }

  @Test
  void next_budget_isNotExceeded() {
    for (int i = 0; i < 5; i++) {
      planner.add("w" + i, 40, 0);
    }

    assertThat(planner.next(119, ALL)).containsExactly("w0", "w1");
    assertThat(planner.next(120, ALL)).containsExactly("w2", "w3", "w4");
  }

  @Test
  void next_windowAboveTheBudget_goesAlone() {
    planner.add("long", 256, 0);
    planner.add("long too", 256, 0);

    assertThat(planner.next(100, ALL)).containsExactly("long");
    assertThat(planner.tokens()).isEqualTo(256);
  }

  @Test
  void next_newcomersOfAPopularLength_doNotStarveOthers() {
    planner.add("popular", 8, 0);
    planner.add("rare", 64, 0);
    for (int i = 0; i < 100; i++) {
      planner.add("newcomer", 8, 0);
    }

    assertThat(planner.next(16, ALL)).containsExactly("popular", "newcomer");
    assertThat(planner.next(16, ALL)).containsExactly("rare");
  }

  @Test
  void removeIf_someOfALength_keepsOrderAndCounts() {
    planner.add("a", 8, 0);
    planner.add("x", 8, 0);
    planner.add("b", 8, 0);
    planner.add("x", 24, 0);

    assertThat(planner.removeIf("x"::equals)).hasSize(2);
    assertThat(planner.size()).isEqualTo(2);
    assertThat(planner.tokens()).isEqualTo(16);
    assertThat(planner.next(1024, ALL)).containsExactly("a", "b");
  }

  @Test
  void next_randomTraffic_losesNothingAndKeepsOrderWithinALength() {
    long seed = 7;
    Random random = new Random(seed);
    BatchPlanner<Item> items = new BatchPlanner<>(false);
    List<Item> taken = new ArrayList<>();
    int added = 0;
    while (taken.size() < 2_000) {
      for (int i = random.nextInt(20); i > 0 && added < 2_000; i--, added++) {
        int length = 1 + random.nextInt(12);
        items.add(new Item(added, length), length, 0);
      }
      List<Item> batch = items.next(1 + random.nextInt(60), ALL);
      assertThat(batch.stream().map(Item::length).distinct().count()).isLessThanOrEqualTo(1);
      taken.addAll(batch);
    }

    assertThat(taken).as("seed %d", seed).doesNotHaveDuplicates().hasSize(2_000);
    for (int length = 1; length <= 12; length++) {
      int wanted = length;
      assertThat(taken.stream().filter(item -> item.length() == wanted).map(Item::number))
          .as("seed %d", seed)
          .isSorted();
    }
  }

  @Test
  void next_earlierDeadline_goesFirstWhateverItsLength() {
    planner.add("patient", 8, 100);
    planner.add("patient too", 16, 100);
    planner.add("urgent", 16, 5);
    planner.add("more urgent", 16, 3);

    assertThat(planner.next(32, ALL)).containsExactly("more urgent", "urgent");
    assertThat(planner.next(32, ALL)).containsExactly("patient");
    assertThat(planner.next(32, ALL)).containsExactly("patient too");
  }

  @Test
  void next_dueTooLateToGoAlong_waitsForItsTurn() {
    planner.add("first", 8, 1);
    planner.add("other", 16, 2);
    planner.add("soon", 8, 3);
    planner.add("late", 8, 4);

    assertThat(planner.next(64, OptionalLong.of(3))).containsExactly("first", "soon");
    assertThat(planner.next(64, OptionalLong.of(0))).containsExactly("other");
    assertThat(planner.next(64, OptionalLong.of(0))).containsExactly("late");
  }

  @Test
  void next_clockPassesTheLargestLong_orderHolds() {
    planner.add("later", 8, Long.MIN_VALUE + 10);
    planner.add("sooner", 8, Long.MAX_VALUE - 10);

    assertThat(planner.next(8, ALL)).containsExactly("sooner");
  }

  @Test
  void next_mixedLengths_goesOnWithShorterOnesDownToThreeQuarters() {
    BatchPlanner<String> mixing = new BatchPlanner<>(true);
    mixing.add("first16", 16, 1);
    mixing.add("longer20", 20, 2);
    mixing.add("shorter12", 12, 3);
    mixing.add("same16", 16, 4);
    mixing.add("too short 8", 8, 5);

    assertThat(mixing.next(64, ALL)).containsExactly("first16", "same16", "shorter12");
    assertThat(mixing.next(64, ALL)).containsExactly("longer20");
    assertThat(mixing.next(64, ALL)).containsExactly("too short 8");
    assertThat(mixing.tokens()).isZero();
  }

  @Test
  void next_mixedLengths_budgetCountsTheLongest() {
    BatchPlanner<String> mixing = new BatchPlanner<>(true);
    mixing.add("16", 16, 1);
    mixing.add("12", 12, 2);
    mixing.add("12 too", 12, 3);

    assertThat(mixing.next(44, ALL)).containsExactly("16", "12");
  }
}
