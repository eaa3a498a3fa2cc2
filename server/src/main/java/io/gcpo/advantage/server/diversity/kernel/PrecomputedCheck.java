// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import io.gcpo.advantage.server.linalg.SymmetricEigen;
import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import java.util.List;

/** Whether similarities that were computed elsewhere, in float32 perhaps, are a kernel. */
public final class PrecomputedCheck {
  /** How far float32 may be off, in an entry and, for each rollout, in an eigenvalue. */
  static final double TOLERANCE = 1e-6;

  /** Rounding of float64 leaves less below 0, for each rollout; temperatures would enlarge more. */
  private static final double ROUNDING = 1e-13;

  private PrecomputedCheck() {}

  /**
   * The first part, O(n^2): accepts values in [-1, 1], with a diagonal of 1 and K_ij = K_ji, each
   * within 1e-6. The matrix is (K + K') / 2, held in [-1, 1], with a diagonal of exactly 1.
   *
   * @param count n
   * @param values [n, n], row-major
   */
  public static CheckedSimilarities ofEntries(int count, double... values) {
    EntryProblems problems = EntryProblems.of(count, values);
    return problems.total() > 0
        ? problems.toRejection()
        : new CheckedSimilarities.Accepted(symmetrised(count, values));
  }

  /**
   * The second part, O(n^3): accepts what {@link #ofEntries} did if its smallest eigenvalue is at
   * least -1e-6 n.
   *
   * <p>Where that is below -1e-13 n, the kernel is (K + d I) / (1 + d): the eigenvalues rise by d,
   * the diagonal stays 1 and the other values shrink by d, at most 2e-6 n. d is the power of two
   * next above the eigenvalue's magnitude, so that the order of the rollouts, on which the last
   * bits of an eigenvalue depend, does not show.
   *
   * @param matrix K [n, n]
   */
  public static CheckedSimilarities ofSpectrum(SymmetricMatrix matrix) {
    int count = matrix.size();
    double smallest = SymmetricEigen.valuesOf(matrix).min();
    double lowest = -TOLERANCE * count;
    if (smallest < lowest) {
      return new CheckedSimilarities.Rejected(
          List.of("smallest eigenvalue: " + smallest + " (expected: >= " + lowest + ")"), 0);
    }
    return new CheckedSimilarities.Accepted(
        smallest < -ROUNDING * count ? lifted(matrix, -smallest) : matrix);
  }

  private static SymmetricMatrix symmetrised(int count, double... values) {
    return SymmetricMatrix.of(
        count,
        (i, j) -> {
          double mean = (values[i * count + j] + values[j * count + i]) / 2;
          return i == j ? 1 : Math.max(-1, Math.min(1, mean));
        });
  }

  private static SymmetricMatrix lifted(SymmetricMatrix matrix, double magnitude) {
    double lift = Math.scalb(1.0, Math.getExponent(magnitude) + 1);
    return SymmetricMatrix.of(matrix.size(), (i, j) -> i == j ? 1 : matrix.get(i, j) / (1 + lift));
  }
}
