// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.credit;

import io.gcpo.advantage.server.diversity.kernel.CosineKernel;
import io.gcpo.advantage.server.linalg.FloatMatrix;
import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import io.gcpo.advantage.server.linalg.Vector;
import java.util.Arrays;
import java.util.Random;

/**
 * Games as solutions of one problem make them: 384 dimensions, cosines of about 0.9, all correct.
 */
final class BenchmarkGames {
  private static final int DIMENSION = 384;

  private BenchmarkGames() {}

  /** Rollouts that are all different. */
  static CoverageGame of(int players) {
    return game(CosineKernel.of(embeddings(players)));
  }

  /** Different rollouts, the first of which occurs {@code copies[0]} times, and so on. */
  static CoverageGame withCopies(int... copies) {
    SymmetricMatrix distinct = CosineKernel.of(embeddings(copies.length));
    int[] rollouts = new int[Arrays.stream(copies).sum()];
    int next = 0;
    for (int i = 0; i < copies.length; i++) {
      Arrays.fill(rollouts, next, next + copies[i], i);
      next += copies[i];
    }
    return game(distinct.principal(rollouts));
  }

  private static CoverageGame game(SymmetricMatrix kernel) {
    return CoverageGame.of(kernel, Vector.of(kernel.size(), i -> 1), 0.5, 1);
  }

  static FloatMatrix embeddings(int rollouts) {
    Random random = new Random(rollouts);
    double[] problem = random.doubles(DIMENSION, -1, 1).toArray();
    return FloatMatrix.fill(
        rollouts,
        DIMENSION,
        (row, target, offset) -> {
          for (int k = 0; k < DIMENSION; k++) {
            target[offset + k] = (float) (problem[k] + 0.2 * random.nextGaussian());
          }
        });
  }
}
