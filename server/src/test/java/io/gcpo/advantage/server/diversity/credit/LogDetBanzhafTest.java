// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import io.gcpo.advantage.server.linalg.Vector;
import io.gcpo.advantage.server.testing.RandomGroups;
import io.gcpo.advantage.server.testing.SampleGroup;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class LogDetBanzhafTest {

  @Test
  void allocate_randomGames_equalsEnumeration() {
    for (int seed = 0; seed < 1000; seed++) {
      RandomGroups random = new RandomGroups(seed);
      SampleGroup group = random.next(seed % 50 == 0 ? 10 : 7);
      if (seed % 2 == 0) {
        int size = group.size();
        group =
            group
                .withRewards(1)
                .pick(IntStream.range(0, size).map(i -> random.nextInt(size)).toArray());
      }
      CoverageGame game = Games.of(group, random.nextAlpha());
      Vector expected = game.overAll(new PlainCredits(game, Volume.LOGDET).banzhaf());
      Vector values = Games.share(game, Volume.LOGDET, Allocation.BANZHAF).values();
      for (int i = 0; i < game.size(); i++) {
        assertThat(values.get(i))
            .as("seed %d, rollout %d", seed, i)
            .isCloseTo(expected.get(i), within(Games.tolerance(game, Volume.LOGDET)));
      }
    }
  }

  @Test
  void allocate_manyCopies_staysExact() {
    CoverageGame game = Games.of(SymmetricMatrix.of(1000, (i, j) -> i % 2 == j % 2 ? 1 : 0));
    CreditShares shares = Games.share(game, Volume.LOGDET, Allocation.BANZHAF);
    assertThat(shares.method()).isEqualTo(CreditMethod.EXACT);
    // Of 499 other copies about 249.5 are there, with a variance of 499/4.
    double m = 251;
    double expected = Math.log1p(1 / (m - 0.5)) + 499 / 4.0 / Math.pow(m, 3);
    assertThat(shares.values().get(3)).isCloseTo(expected, within(1e-6));
  }
}
