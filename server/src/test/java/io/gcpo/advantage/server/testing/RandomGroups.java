// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.testing;

import io.gcpo.advantage.server.linalg.FloatMatrix;
import io.gcpo.advantage.server.linalg.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * A source of groups that are hard on numerics: one seed, one sequence. Embeddings are random,
 * clustered, near-duplicates at a distance of 10^-1 ... 10^-8, collinear, of fewer dimensions than
 * rollouts, of one dimension or partly zero; rewards are 0 and 1, in [0, 1], partly negative, or
 * spread over 1e-30 ... 1e6.
 */
public final class RandomGroups {
  private enum Kind {
    GAUSSIAN,
    CLUSTERED,
    NEAR_DUPLICATE,
    COLLINEAR,
    RANK_DEFICIENT,
    ONE_DIMENSION,
    ZERO_VECTORS
  }

  private final Random random;

  public RandomGroups(long seed) {
    this.random = new Random(seed);
  }

  /** A group of 1 ... maxRollouts rollouts. */
  public SampleGroup next(int maxRollouts) {
    int size = 1 + random.nextInt(maxRollouts);
    Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
    List<float[]> rows = rows(kind, size);
    return new SampleGroup(
        kind.name().toLowerCase(Locale.ROOT), rewards(size), FloatMatrix.ofRows(rows));
  }

  /** A volume scale between 0.01 and 1000. */
  public double nextAlpha() {
    return Math.pow(10, random.nextInt(6) - 2);
  }

  /** A position below {@code bound}. */
  public int nextInt(int bound) {
    return random.nextInt(bound);
  }

  /** A random order of n positions. */
  public int[] nextOrder(int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  private List<float[]> rows(Kind kind, int size) {
    int dimension =
        switch (kind) {
          case ONE_DIMENSION -> 1;
          case RANK_DEFICIENT -> 1 + random.nextInt(Math.max(1, size - 1));
          default -> 2 + random.nextInt(30);
        };
    float[] base = gaussian(dimension);
    List<float[]> centres = List.of(gaussian(dimension), gaussian(dimension), gaussian(dimension));
    double distance = Math.pow(10, -1 - random.nextInt(8));
    List<float[]> rows = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      rows.add(
          switch (kind) {
            case CLUSTERED -> centres.get(random.nextInt(3)).clone();
            case NEAR_DUPLICATE -> moved(base, 1, distance);
            case COLLINEAR -> moved(base, random.nextGaussian(), 0);
            case ZERO_VECTORS ->
                random.nextInt(3) == 0 ? new float[dimension] : gaussian(dimension);
            case GAUSSIAN, RANK_DEFICIENT, ONE_DIMENSION -> gaussian(dimension);
          });
    }
    return rows;
  }

  private Vector rewards(int size) {
    int kind = random.nextInt(4);
    return Vector.of(
        size,
        i ->
            switch (kind) {
              case 0 -> random.nextInt(2);
              case 1 -> random.nextDouble();
              case 2 -> random.nextInt(4) == 0 ? 0 : random.nextGaussian();
              default -> Math.pow(10, -30 + 36 * random.nextDouble());
            });
  }

  private float[] gaussian(int dimension) {
    return moved(new float[dimension], 0, 1);
  }

  private float[] moved(float[] base, double scale, double distance) {
    float[] row = new float[base.length];
    for (int k = 0; k < row.length; k++) {
      row[k] = (float) (scale * base[k] + distance * random.nextGaussian());
    }
    return row;
  }
}
