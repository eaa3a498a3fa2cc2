// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.metrics;

import io.gcpo.advantage.server.linalg.LogDeterminant;
import io.gcpo.advantage.server.linalg.SymmetricMatrix;

/**
 * The volume log det(I + K) that the rollouts span, K_ii = 1: the coverage of {@code
 * GCPO_COOPERATIVE} with every weight and alpha at 1.
 */
final class LogDetVolume {
  private static final double OF_ONE = StrictMath.log(2);

  private LogDetVolume() {}

  /** In [log(1 + n), n log 2], the ends being n copies and n orthogonal rollouts. O(n^3). */
  static double of(SymmetricMatrix kernel) {
    return LogDeterminant.ofIdentityPlus(kernel);
  }

  /** A volume in units of that of one rollout: in [log2(1 + n), n]. */
  static double effectiveCount(double volume) {
    return volume / OF_ONE;
  }
}
