// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.credit;

import io.gcpo.advantage.server.diversity.CosineKernel;
import io.gcpo.advantage.server.linalg.FloatMatrix;
import io.gcpo.advantage.server.linalg.Vector;
import java.util.Random;

/**
 * Games as solutions of one problem make them: 384 dimensions, cosines of about 0.9, all correct.
 */
final class BenchmarkGames {
  private static final int DIMENSION = 384;

  private BenchmarkGames() {}

  static CoverageGame of(int players) {
    FloatMatrix embeddings = embeddings(players);
    return CoverageGame.of(CosineKernel.of(embeddings), Vector.of(players, i -> 1), 0.5, 1);
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
