// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.credit;

import io.gcpo.advantage.server.diversity.kernel.CosineKernel;
import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import io.gcpo.advantage.server.linalg.Vector;
import io.gcpo.advantage.server.testing.SampleGroup;

/** Coverage games for tests, and how to share them. */
final class Games {
  private Games() {}

  static CoverageGame of(SampleGroup group, double alpha) {
    return of(group, 0.5, alpha);
  }

  static CoverageGame of(SampleGroup group, double exponent, double alpha) {
    return CoverageGame.of(CosineKernel.of(group.embeddings()), group.rewards(), exponent, alpha);
  }

  /** The game with this A, where no A_ii is 0. */
  static CoverageGame of(SymmetricMatrix matrix) {
    return CoverageGame.of(matrix, Vector.of(matrix.size(), i -> 1), 0.5, 1);
  }

  /** v of a set of active players, given by their positions among the active ones, each once. */
  static double value(CoverageGame game, Volume volume, int... players) {
    return volume.of(game.matrix().principal(players));
  }

  /** Enumerates up to 2^20 sets. */
  static CreditPlan exact(Volume volume, Allocation allocation) {
    return new CreditPlan(volume, allocation, 20, 0, CreditPlan.MIN_SAMPLES, 0);
  }

  /** Samples, however small the game, and ends at {@code samples}. */
  static CreditPlan sampled(Allocation allocation, int samples, int seed) {
    return new CreditPlan(Volume.LOGDET, allocation, 0, 0, samples, seed);
  }

  static CreditShares share(CoverageGame game, Volume volume, Allocation allocation) {
    return TeamCredits.share(game, exact(volume, allocation));
  }

  /** What rounding may do to a value: 8 n u cond(I + A) max(1, magnitude), with u = 2^-53. */
  static double tolerance(CoverageGame game, double magnitude) {
    double condition = 1;
    for (int i = 0; i < game.activePlayers(); i++) {
      condition += game.matrix().get(i, i);
    }
    return 8 * Math.max(1, game.activePlayers()) * 0x1p-53 * condition * Math.max(1, magnitude);
  }

  /**
   * The same for the values of a game, none of which exceeds v(N) or what a set of one is worth.
   */
  static double tolerance(CoverageGame game, Volume volume) {
    double bound = 0;
    for (int i = 0; i < game.activePlayers(); i++) {
      bound += value(game, volume, i);
    }
    return tolerance(game, volume == Volume.DET ? game.teamValue(volume) : bound);
  }
}
