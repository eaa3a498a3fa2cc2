// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import io.gcpo.advantage.server.advantage.GroupAdvantages;
import io.gcpo.advantage.server.advantage.RolloutAdvantage;
import io.gcpo.advantage.server.advantage.RolloutAdvantage.Credit;

/** Measures how a group's credit is spread over its rollouts. Thread-safe. */
final class CreditMeters {
  private final RealHistogram deviation;
  private final RealHistogram total;

  CreditMeters(RealHistogram deviation, RealHistogram total) {
    this.deviation = deviation;
    this.total = total;
  }

  /** Nothing where the estimator gives no credit. O(n). */
  void record(GroupAdvantages advantages) {
    if (advantages.teamCredit().isEmpty()) {
      return;
    }
    double[] credits =
        advantages.rollouts().stream()
            .filter(RolloutAdvantage::included)
            .flatMap(rollout -> rollout.credit().stream())
            .mapToDouble(Credit::scaled)
            .toArray();
    double sum = 0;
    for (double credit : credits) {
      sum += credit;
    }
    total.record(sum);
    if (credits.length >= 2) {
      deviation.record(deviation(credits, sum / credits.length));
    }
  }

  /** Of a sample. */
  private static double deviation(double[] values, double mean) {
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return Math.sqrt(squares / (values.length - 1));
  }
}
