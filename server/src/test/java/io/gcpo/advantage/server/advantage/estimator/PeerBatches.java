// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import io.gcpo.advantage.server.advantage.parameter.Parameters;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Random batches for every estimator but GCPO_COOPERATIVE, which has properties of its own, and
 * tests of them. One seed, one batch and one draw of parameters.
 */
final class PeerBatches {
  static final int SEEDS = 1_000;

  interface Check {
    void accept(
        String description,
        AdvantageEstimator estimator,
        Parameters parameters,
        List<FullGroup> batch);
  }

  private PeerBatches() {}

  static List<AdvantageEstimator> peers() {
    return new EstimatorRegistry()
        .all().stream().filter(estimator -> !(estimator instanceof GcpoCooperative)).toList();
  }

  /** Every peer on every batch. */
  static void forEach(Check check) {
    List<AdvantageEstimator> peers = peers();
    for (int seed = 0; seed < SEEDS; seed++) {
      List<FullGroup> batch = batch(seed);
      for (AdvantageEstimator estimator : peers) {
        Parameters parameters = Estimating.random(estimator, new Random(seed));
        check.accept(
            "%s, %s, seed %d".formatted(estimator.spec().name(), parameters, seed),
            estimator,
            parameters,
            batch);
      }
    }
  }

  /** One to four groups. */
  static List<FullGroup> batch(int seed) {
    return IntStream.rangeClosed(0, seed % 4)
        .mapToObj(group -> FullGroup.random(4L * seed + group))
        .toList();
  }

  static boolean hasLoneRollout(List<FullGroup> batch) {
    return batch.stream().anyMatch(group -> group.size() == 1);
  }
}
