// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.credit;

import io.gcpo.advantage.server.linalg.Determinant;
import io.gcpo.advantage.server.linalg.LogDeterminant;
import io.gcpo.advantage.server.linalg.SymmetricMatrix;

/** What a set S of rollouts is worth, with A = alpha L. Both are 0 for the empty set. */
public enum Volume {
  /** log det(I + A_S): adds up over orthogonal solutions, and returns diminish. */
  LOGDET {
    @Override
    double of(SymmetricMatrix matrix) {
      return LogDeterminant.ofIdentityPlus(matrix);
    }
  },
  /**
   * det(I + A_S) - 1: multiplies over orthogonal solutions, and returns grow. A team of n
   * orthogonal rollouts of alpha L_ii = a is worth (1 + a)^n - 1, which soon leaves the range of a
   * double.
   */
  DET {
    @Override
    double of(SymmetricMatrix matrix) {
      double value = Determinant.ofIdentityPlusLessOne(matrix);
      if (value == Double.POSITIVE_INFINITY) {
        throw new VolumeOverflowException(matrix.size());
      }
      return value;
    }
  };

  /**
   * The value of the set with matrix A, keeping its relative precision as A goes to 0.
   *
   * @throws VolumeOverflowException if the value is beyond the largest double
   */
  abstract double of(SymmetricMatrix matrix);
}
