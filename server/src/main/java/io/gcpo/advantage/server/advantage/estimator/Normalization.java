// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import io.gcpo.advantage.server.linalg.Vector;

/** A group operator from scores s [m] to advantages [m]. */
public enum Normalization {
  /** (s - mean) / (sample standard deviation + epsilon). */
  STD {
    @Override
    Vector apply(Vector scores, double epsilon) {
      double mean = scores.mean();
      double divisor = scores.standardDeviation() + epsilon;
      return Vector.of(scores.size(), i -> (scores.get(i) - mean) / divisor);
    }
  },
  /** s - mean. */
  CENTERED {
    @Override
    Vector apply(Vector scores, double epsilon) {
      double mean = scores.mean();
      return Vector.of(scores.size(), i -> scores.get(i) - mean);
    }
  };

  /** The advantages of scores that are no tie. */
  abstract Vector apply(Vector scores, double epsilon);
}
