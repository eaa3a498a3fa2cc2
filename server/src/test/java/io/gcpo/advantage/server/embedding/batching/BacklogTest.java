// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.batching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gcpo.advantage.server.embedding.CancellationSignal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BacklogTest {
  private static final long MILLI = 1_000_000;
  private static final long SLICE = 20 * MILLI;

  private final Backlog backlog = new Backlog(-7);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void manyRequests_countsAreThoseOfAList(long seed) {
    Random random = new Random(seed);
    List<PendingRequest> waiting = new ArrayList<>();
    for (int step = 0; step < 2_000; step++) {
      if (waiting.isEmpty() || random.nextInt(3) > 0) {
        PendingRequest request = due(random.nextInt(200) * SLICE);
        waiting.add(request);
        backlog.add(request, request.due() / SLICE + 1);
      } else {
        PendingRequest request = waiting.remove(random.nextInt(waiting.size()));
        backlog.remove(request, request.due() / SLICE + 1);
      }
      long due = random.nextInt(200) * SLICE;
      assertThat(backlog.dueBy(due))
          .as("seed %d, step %d", seed, step)
          .isEqualTo(
              waiting.stream()
                  .filter(request -> request.due() <= due)
                  .mapToLong(request -> request.due() / SLICE + 1)
                  .sum());
    }
    waiting.forEach(request -> backlog.remove(request, request.due() / SLICE + 1));
    assertThat(backlog.tokens()).isZero();
    assertThat(backlog.dueBy(Long.MAX_VALUE / 2)).isZero();
  }

  @Test
  void displaces_oneThatHadJustTimeEnough() {
    backlog.add(due(10 * SLICE), 150);

    assertThat(backlog.displaces(0, 40, 0, 1.0 / MILLI, 0)).isFalse();
    assertThat(backlog.displaces(0, 60, 0, 1.0 / MILLI, 0)).isTrue();
    assertThat(backlog.displaces(0, 40, 20, 1.0 / MILLI, 0)).isTrue();
  }

  @Test
  void displaces_noneOfThoseDueBefore() {
    backlog.add(due(10 * SLICE), 150);

    assertThat(backlog.displaces(11 * SLICE, 1_000, 0, 1.0 / MILLI, 0)).isFalse();
  }

  @Test
  void firstDelayed_isWhenWhatHasNoTimeToSpareIsDue() {
    backlog.add(due(8 * SLICE), 10);
    backlog.add(due(10 * SLICE), 140);
    backlog.add(due(11 * SLICE), 1);

    assertThat(backlog.firstDelayed(40, 0, 1, 1.0 / MILLI, 0)).isEmpty();
    assertThat(backlog.firstDelayed(60, 0, 1, 1.0 / MILLI, 0).orElseThrow())
        .isBetween(10 * SLICE, 11 * SLICE - 1);
    assertThat(backlog.firstDelayed(40, 0, 1.1, 1.0 / MILLI, 0)).as("with caution").isPresent();
  }

  @Test
  void firstDelayed_whatIsLateAnyway_isNobodysFault() {
    backlog.add(due(8 * SLICE), 500);
    backlog.add(due(80 * SLICE), 10);

    assertThat(backlog.firstDelayed(60, 0, 1, 1.0 / MILLI, 0)).isEmpty();
  }

  @Test
  void remove_whatWasNotAdded_isADefect() {
    assertThatThrownBy(() -> backlog.remove(due(5), 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no tokens wait that are due at 5");
  }

  private static PendingRequest due(long nanos) {
    return new PendingRequest(List.of(), CancellationSignal.NONE, nanos, nanos);
  }
}
