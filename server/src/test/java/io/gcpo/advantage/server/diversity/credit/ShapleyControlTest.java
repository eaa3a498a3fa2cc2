// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gcpo.advantage.server.testing.RandomGroups;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class ShapleyControlTest {

  @Test
  void expectation_isTheMeanGuessOverAllOrders() {
    for (int seed = 0; seed < 60; seed++) {
      RandomGroups random = new RandomGroups(seed);
      CoverageGame game = Games.of(random.next(6), random.nextAlpha());
      int players = game.activePlayers();
      if (players == 0) {
        continue;
      }
      ShapleyControl control = ShapleyControl.of(game.matrix());
      double[] sums = new double[players];
      int[] order = new int[players];
      Arrays.setAll(order, i -> i);
      int orders = addGuesses(control, order, 0, sums);
      for (int i = 0; i < players; i++) {
        double mean = sums[i] / orders;
        assertThat(mean)
            .as("seed %d, player %d", seed, i)
            .isCloseTo(control.expectation(i), within(1e-11 * Math.max(1, mean)));
      }
    }
  }

  private static int addGuesses(ShapleyControl control, int[] order, int fixed, double[] sums) {
    if (fixed == order.length) {
      for (int position = 0; position < order.length; position++) {
        sums[order[position]] += control.guess(order, position);
      }
      return 1;
    }
    int orders = 0;
    for (int i = fixed; i < order.length; i++) {
      int[] next = order.clone();
      next[fixed] = order[i];
      next[i] = order[fixed];
      orders += addGuesses(control, next, fixed + 1, sums);
    }
    return orders;
  }
}
