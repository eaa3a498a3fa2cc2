// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity;

import io.gcpo.advantage.server.linalg.SymmetricMatrix;

/** Groups of rollouts that hang together by similarity: whoever is like a member is a member. */
final class Clusters {
  private Clusters() {}

  /** How many there are when K_ij >= threshold links i and j; independent of the order. O(n^2). */
  static int count(SymmetricMatrix similarity, double threshold) {
    int size = similarity.size();
    boolean[] reached = new boolean[size];
    int[] pending = new int[size];
    int clusters = 0;
    for (int start = 0; start < size; start++) {
      if (reached[start]) {
        continue;
      }
      clusters++;
      reached[start] = true;
      pending[0] = start;
      int waiting = 1;
      while (waiting > 0) {
        int member = pending[--waiting];
        for (int other = 0; other < size; other++) {
          if (!reached[other] && similarity.get(member, other) >= threshold) {
            reached[other] = true;
            pending[waiting++] = other;
          }
        }
      }
    }
    return clusters;
  }
}
