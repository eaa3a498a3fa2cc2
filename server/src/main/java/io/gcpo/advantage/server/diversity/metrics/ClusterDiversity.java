// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.metrics;

import io.gcpo.advantage.server.diversity.Clusters;
import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import io.gcpo.advantage.server.linalg.Vector;

/**
 * Clusters of rollouts that K_ij >= threshold connects, and how evenly the rollouts fill them.
 *
 * @param count in [1, n]; 0 for the empty set
 * @param entropy in [0, ln count]: -sum p ln p over the clusters' shares p of the rollouts, in
 *     nats; its exponential is an effective number of clusters
 */
public record ClusterDiversity(int count, double entropy) {

  /** O(n^2). */
  static ClusterDiversity of(SymmetricMatrix kernel, double threshold) {
    Clusters clusters = Clusters.of(kernel, threshold);
    Vector shares = Vector.of(clusters.count(), c -> (double) clusters.size(c) / kernel.size());
    return new ClusterDiversity(clusters.count(), ShannonEntropy.of(shares));
  }
}
