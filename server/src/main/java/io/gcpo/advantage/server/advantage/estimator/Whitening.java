// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

/** How a batch of values x is whitened: (x - mean) divided by what. */
enum Whitening {
  /** sqrt(sample variance + 1e-8), as verl's {@code masked_whiten}. */
  VERL {
    @Override
    double divisor(BatchMoments batch) {
      return Math.sqrt(batch.sampleVariance() + FLOOR);
    }
  },
  /** sqrt(max(population variance, 1e-8)), as OpenRLHF. */
  OPENRLHF {
    @Override
    double divisor(BatchMoments batch) {
      return Math.sqrt(Math.max(batch.populationVariance(), FLOOR));
    }
  };

  private static final double FLOOR = 1e-8;

  /** Positive; of a batch whose values are not all equal. */
  abstract double divisor(BatchMoments batch);
}
