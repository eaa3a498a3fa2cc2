// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.failpoints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gcpo.advantage.server.faults.report.Scale;
import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whatever fails, where it may fail: a call is answered right or refused by a status that says why,
 * in time, and afterwards everything is as it was.
 */
@Timeout(3_600)
final class FailpointsTest {
  private static final int RUNS = Scale.of(60, 2_000);
  private static final int LEAST_FAILED_POINTS = 40;

  private static Questions questions;

  @BeforeAll
  static void askASoundServer() {
    questions = new Questions();
  }

  @Test
  void randomFailpointsUnderLoad_callsAreRightOrRefused() throws IOException {
    try (FailpointRuns runs = new FailpointRuns("failpoints", questions)) {
      for (int seed = 1; seed <= RUNS; seed++) {
        runs.run(seed);
      }
      runs.finish();
      assertThat(runs.failedPoints()).isGreaterThanOrEqualTo(LEAST_FAILED_POINTS);
    }
  }

  /** The suite itself: a model that answers wrong and finite is a bug that it must find. */
  @Test
  void seededBug_isFound() {
    try (FailpointRuns runs = new FailpointRuns("failpoints-seeded-bug", questions)) {
      runs.run(FaultyEncoder.WRONG_STATES);

      assertThatThrownBy(runs::finish)
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("encoder.states WRONG: wrong: ");
    }
  }
}
