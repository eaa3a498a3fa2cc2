// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.metrics;

import io.gcpo.advantage.server.diversity.Clusters;
import io.gcpo.advantage.server.linalg.SymmetricMatrix;

/** How many rollouts are left when near-duplicates are taken for one. */
final class DistinctRollouts {
  /** From this similarity on two rollouts are taken for one. */
  private static final double SAME = 1 - 1e-6;

  private DistinctRollouts() {}

  /** In [1, n]: clusters of rollouts connected by K_ij >= 1 - 1e-6; 0 for the empty set. */
  static int of(SymmetricMatrix kernel) {
    return Clusters.of(kernel, SAME).count();
  }
}
