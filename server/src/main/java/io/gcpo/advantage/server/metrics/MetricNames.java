// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Labels of metrics, and upper bounds of buckets. */
final class MetricNames {
  /** Of all metrics of ours. */
  static final String PREFIX = "gcpo_";

  static final String METHOD = "method";
  static final String CODE = "code";
  static final String REASON = "reason";
  static final String STAGE = "stage";
  static final String KIND = "kind";
  static final String SIGNAL = "signal";
  static final String INCLUDED = "included";
  static final String COMPONENT = "component";
  static final String MODEL = "model";
  static final String CREDENTIAL = "credential";
  static final String OUTCOME = "outcome";
  static final String ATTEMPT = "attempt";
  static final String LIMIT = "limit";
  static final String MODE = "mode";

  private static final double SHORTEST_MICROS = 500;
  private static final double LONGEST_MICROS = 60e6;
  private static final double DURATION_FACTOR = 1.6;

  private MetricNames() {}

  /** From 0.5 ms, each 1.6 times the one before to the microsecond, up to 60 s. */
  static Duration[] durationBuckets() {
    DoubleStream shorter =
        DoubleStream.iterate(
            SHORTEST_MICROS, micros -> micros < LONGEST_MICROS, micros -> micros * DURATION_FACTOR);
    return DoubleStream.concat(shorter, DoubleStream.of(LONGEST_MICROS))
        .mapToObj(micros -> Duration.of(Math.round(micros), ChronoUnit.MICROS))
        .toArray(Duration[]::new);
  }

  /** Powers of two from 1 to {@code max}. */
  static double[] powersOfTwo(int max) {
    return IntStream.iterate(1, power -> power <= max, power -> 2 * power)
        .asDoubleStream()
        .toArray();
  }

  /** From 0.05 to 1 in steps of 0.05. */
  static double[] ratioBuckets() {
    return IntStream.rangeClosed(1, 20).mapToDouble(step -> step / 20.0).toArray();
  }

  /** Rewards are mostly in [0, 1], but nothing says so. */
  static double[] rewardDeviationBuckets() {
    return new double[] {0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1, 2, 5, 10, 100};
  }

  /** Credit is in units of a lone correct rollout's. */
  static double[] creditDeviationBuckets() {
    return new double[] {0.01, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 2, 5};
  }

  /** Team credit lies between 0 and, for rewards up to 1, the size of the group. */
  static double[] teamCreditBuckets() {
    return new double[] {0, 0.5, 1, 1.25, 1.5, 2, 2.5, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64};
  }

  /** Of embeddings it is mostly above 0.5; what matters lies close to 1. */
  static double[] similarityBuckets() {
    return new double[] {
      -0.5, 0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.98, 0.99, 1
    };
  }

  /** A Vendi score lies between 1 and the size of the group. */
  static double[] vendiScoreBuckets() {
    return new double[] {1, 1.25, 1.5, 2, 2.5, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64};
  }
}
