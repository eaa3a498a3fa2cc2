// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity;

import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import java.util.Arrays;

/**
 * Rollouts that hang together by similarity: whoever is like a member is a member (single linkage).
 * Immutable.
 */
public final class Clusters {
  private static final int UNREACHED = -1;

  private final int[] labels;
  private final int[] sizes;

  private Clusters(int[] labels, int[] sizes) {
    this.labels = labels;
    this.sizes = sizes;
  }

  /**
   * The connected components when K_ij >= threshold links i and j; they do not depend on the order.
   * O(n^2).
   *
   * @param similarity K [n, n]
   */
  public static Clusters of(SymmetricMatrix similarity, double threshold) {
    int size = similarity.size();
    int[] labels = new int[size];
    Arrays.fill(labels, UNREACHED);
    int[] sizes = new int[size];
    int[] pending = new int[size];
    int clusters = 0;
    for (int start = 0; start < size; start++) {
      if (labels[start] != UNREACHED) {
        continue;
      }
      int label = clusters++;
      labels[start] = label;
      pending[0] = start;
      int waiting = 1;
      while (waiting > 0) {
        int member = pending[--waiting];
        sizes[label]++;
        for (int other = 0; other < size; other++) {
          if (labels[other] == UNREACHED && similarity.get(member, other) >= threshold) {
            labels[other] = label;
            pending[waiting++] = other;
          }
        }
      }
    }
    return new Clusters(labels, Arrays.copyOf(sizes, clusters));
  }

  /** How many there are. */
  public int count() {
    return sizes.length;
  }

  /** How many members a cluster has; clusters are numbered by their first members, from 0. */
  public int size(int cluster) {
    return sizes[cluster];
  }

  /** The cluster of a rollout. */
  public int clusterOf(int rollout) {
    return labels[rollout];
  }
}
