// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.metrics;

import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import java.util.ArrayList;
import java.util.List;

/**
 * What several metrics of one set need, made once, when the first of them asks. Confined to the
 * thread of one measurement.
 */
final class MeasuredSet {
  private final RolloutSet rollouts;
  private final Lazy<SymmetricMatrix> kernel = new Lazy<>(this::unitKernel);
  private final Lazy<Spectrum> spectrum = new Lazy<>(() -> Spectrum.of(kernel()));
  private final Lazy<Double> logDetVolume = new Lazy<>(() -> LogDetVolume.of(kernel()));
  private final List<NGrams> nGrams = new ArrayList<>();

  MeasuredSet(RolloutSet rollouts) {
    this.rollouts = rollouts;
  }

  /** K [n, n] with ones on its diagonal. */
  SymmetricMatrix kernel() {
    return kernel.get();
  }

  /** Of {@link #kernel}. */
  Spectrum spectrum() {
    return spectrum.get();
  }

  /** Of {@link #kernel}. */
  double logDetVolume() {
    return logDetVolume.get();
  }

  /** [n]. */
  List<String> texts() {
    return rollouts.texts().orElseThrow();
  }

  /** The n-grams of the texts, of this order from 1 on. */
  NGrams nGrams(int order) {
    while (nGrams.size() < order) {
      nGrams.add(
          nGrams.isEmpty() ? NGrams.unigrams(texts()) : nGrams.get(nGrams.size() - 1).longer());
    }
    return nGrams.get(order - 1);
  }

  private SymmetricMatrix unitKernel() {
    SymmetricMatrix similarity = rollouts.similarity().orElseThrow();
    return SymmetricMatrix.of(rollouts.count(), (i, j) -> i == j ? 1 : similarity.get(i, j));
  }
}
