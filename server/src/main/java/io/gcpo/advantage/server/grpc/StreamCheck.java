// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import io.gcpo.advantage.server.advantage.estimator.BatchEstimator;

/** Refuses in a stream what needs all groups of a request at once: a stream has no last group. */
final class StreamCheck {
  private StreamCheck() {}

  static void check(ResolvedConfig config, String path, Violations violations) {
    if (config.settings().choice().estimator() instanceof BatchEstimator estimator) {
      violations.invalid(
          path + ".estimator",
          "%s (expected: an estimator of single groups, as this one normalises over a request)"
              .formatted(estimator.spec().name()));
    }
  }
}
