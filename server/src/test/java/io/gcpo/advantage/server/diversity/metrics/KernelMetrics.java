// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.metrics;

import java.util.Arrays;

/** All metrics that need nothing but the kernel. */
final class KernelMetrics {
  static final DiversityChoice ALL =
      DiversityChoice.of(
          Arrays.stream(DiversityMetric.values())
              .filter(DiversityMetric::needsSimilarity)
              .toArray(DiversityMetric[]::new));

  private KernelMetrics() {}
}
