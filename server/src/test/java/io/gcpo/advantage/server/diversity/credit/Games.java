// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.credit;

import io.gcpo.advantage.server.diversity.CosineKernel;
import io.gcpo.advantage.server.testing.SampleGroup;

/** Coverage games for tests. */
final class Games {
  private Games() {}

  static CoverageGame of(SampleGroup group, double alpha) {
    return of(group, 0.5, alpha);
  }

  static CoverageGame of(SampleGroup group, double exponent, double alpha) {
    return CoverageGame.of(CosineKernel.of(group.embeddings()), group.rewards(), exponent, alpha);
  }

  /** What rounding may do to a value of the game: 8 n u cond(I + alpha L), with u = 2^-53. */
  static double tolerance(CoverageGame game) {
    double condition = 1;
    for (int i = 0; i < game.activePlayers(); i++) {
      condition += game.volume().get(i, i);
    }
    return 8 * Math.max(1, game.activePlayers()) * 0x1p-53 * condition * Math.max(1, bound(game));
  }

  /** An upper bound of v(N): the sum of what the players are worth alone. */
  private static double bound(CoverageGame game) {
    double sum = 0;
    for (int i = 0; i < game.activePlayers(); i++) {
      sum += game.value(i);
    }
    return sum;
  }
}
