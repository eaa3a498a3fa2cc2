// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.batching;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BatchPlannerTest {
  private record Item(int number, int length) {}

  private final BatchPlanner<String> planner = new BatchPlanner<>();

  @Test
  void next_nothingWaits_empty() {
    assertThat(planner.next(1024)).isEmpty();
  }

  @Test
  void next_severalLengths_oldestFirstAndOneLengthOnly() {
    planner.add("a16", 16);
    planner.add("b8", 8);
    planner.add("c16", 16);
    planner.add("d8", 8);

    assertThat(planner.next(1024)).containsExactly("a16", "c16");
    assertThat(planner.next(1024)).containsExactly("b8", "d8");
    assertThat(planner.size()).isZero();
    assertThat(planner.tokens()).isZero();
  }

  @Test
  void next_budget_isNotExceeded() {
    for (int i = 0; i < 5; i++) {
      planner.add("w" + i, 40);
    }

    assertThat(planner.next(119)).containsExactly("w0", "w1");
    assertThat(planner.next(120)).containsExactly("w2", "w3", "w4");
  }

  @Test
  void next_windowAboveTheBudget_goesAlone() {
    planner.add("long", 256);
    planner.add("long too", 256);

    assertThat(planner.next(100)).containsExactly("long");
    assertThat(planner.tokens()).isEqualTo(256);
  }

  @Test
  void next_newcomersOfAPopularLength_doNotStarveOthers() {
    planner.add("popular", 8);
    planner.add("rare", 64);
    for (int i = 0; i < 100; i++) {
      planner.add("newcomer", 8);
    }

    assertThat(planner.next(16)).containsExactly("popular", "newcomer");
    assertThat(planner.next(16)).containsExactly("rare");
  }

  @Test
  void removeIf_someOfALength_keepsOrderAndCounts() {
    planner.add("a", 8);
    planner.add("x", 8);
    planner.add("b", 8);
    planner.add("x", 24);

    assertThat(planner.removeIf("x"::equals)).hasSize(2);
    assertThat(planner.size()).isEqualTo(2);
    assertThat(planner.tokens()).isEqualTo(16);
    assertThat(planner.next(1024)).containsExactly("a", "b");
  }

  @Test
  void next_randomTraffic_losesNothingAndKeepsOrderWithinALength() {
    long seed = 7;
    Random random = new Random(seed);
    BatchPlanner<Item> items = new BatchPlanner<>();
    List<Item> taken = new ArrayList<>();
    int added = 0;
    while (taken.size() < 2_000) {
      for (int i = random.nextInt(20); i > 0 && added < 2_000; i--, added++) {
        int length = 1 + random.nextInt(12);
        items.add(new Item(added, length), length);
      }
      List<Item> batch = items.next(1 + random.nextInt(60));
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
}
