// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.metrics;

import io.gcpo.advantage.server.linalg.Vector;

/** The Shannon entropy of a distribution, in nats. */
final class ShannonEntropy {
  private ShannonEntropy() {}

  /**
   * -sum p_k ln p_k.
   *
   * @param probabilities p [m], each above 0; they sum to 1
   */
  static double of(Vector probabilities) {
    double entropy = 0;
    for (int k = 0; k < probabilities.size(); k++) {
      double probability = probabilities.get(k);
      entropy -= probability * StrictMath.log(probability);
    }
    return entropy;
  }
}
