// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gcpo.advantage.server.linalg.Vector;
import io.gcpo.advantage.server.testing.RandomGroups;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The shares against arithmetic with 60 digits: |x - ref| <= 8 n u cond(I + A) max(1, largest
 * |ref|).
 */
final class DecimalCreditsTest {

  @ParameterizedTest
  @EnumSource
  void shares_areWithinTheErrorBound(Volume volume) {
    for (int seed = 0; seed < 200; seed++) {
      RandomGroups random = new RandomGroups(seed);
      CoverageGame game = Games.of(random.next(seed % 20 == 0 ? 8 : 5), random.nextAlpha());
      if (game.activePlayers() == 0) {
        continue;
      }
      DecimalCredits exact = new DecimalCredits(game.matrix(), volume);
      double teamValue = exact.teamValue().doubleValue();
      assertThat(game.teamValue(volume))
          .as("seed %d", seed)
          .isCloseTo(teamValue, within(Games.tolerance(game, teamValue)));
      for (Allocation allocation :
          new Allocation[] {Allocation.SHAPLEY, Allocation.LEAVE_ONE_OUT, Allocation.BANZHAF}) {
        // Rescaling multiplies the error of a share.
        double scale =
            allocation == Allocation.LEAVE_ONE_OUT
                ? Math.max(1, exact.leaveOneOutScale().doubleValue())
                : 1;
        double largest = 0;
        double[] references = new double[game.activePlayers()];
        for (int i = 0; i < references.length; i++) {
          references[i] = exact.of(allocation, i).doubleValue();
          largest = Math.max(largest, references[i]);
        }
        Vector expected = game.overAll(references);
        Vector values = Games.share(game, volume, allocation).values();
        for (int i = 0; i < game.size(); i++) {
          assertThat(values.get(i))
              .as("seed %d, %s, rollout %d", seed, allocation, i)
              .isCloseTo(expected.get(i), within(scale * Games.tolerance(game, largest)));
        }
      }
    }
  }
}
