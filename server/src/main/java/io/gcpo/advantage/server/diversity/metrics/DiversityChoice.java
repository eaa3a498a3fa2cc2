// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.metrics;

import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What to measure of a set of rollouts. Immutable.
 *
 * @param metrics the metrics that are wanted, in their declared order; no other is computed
 * @param clusterThreshold in (0, 1]: the similarity from which {@link DiversityMetric#CLUSTERS}
 *     puts two rollouts together
 */
public record DiversityChoice(Set<DiversityMetric> metrics, double clusterThreshold) {
  /** The similarity that makes a cluster where nobody says otherwise. */
  public static final double DEFAULT_CLUSTER_THRESHOLD = 0.9;

  /** What is measured where nobody chooses. */
  public static final DiversityChoice DEFAULT =
      of(
          DiversityMetric.VENDI_SCORE,
          DiversityMetric.PAIRWISE_DISTANCE,
          DiversityMetric.EFFECTIVE_COUNT,
          DiversityMetric.DISTINCT);

  /** Copies the set; throws {@link IllegalArgumentException} if the threshold is out of range. */
  public DiversityChoice {
    metrics = inDeclaredOrder(metrics);
    if (!(clusterThreshold > 0 && clusterThreshold <= 1)) {
      throw new IllegalArgumentException(
          "clusterThreshold: " + clusterThreshold + " (expected: in (0, 1])");
    }
  }

  /** These metrics, with the default threshold. */
  public static DiversityChoice of(DiversityMetric... metrics) {
    return new DiversityChoice(inDeclaredOrder(Arrays.asList(metrics)), DEFAULT_CLUSTER_THRESHOLD);
  }

  /** So that of two refusals it is always the same one that is told. */
  private static Set<DiversityMetric> inDeclaredOrder(Collection<DiversityMetric> metrics) {
    Set<DiversityMetric> ordered = EnumSet.noneOf(DiversityMetric.class);
    ordered.addAll(metrics);
    return Collections.unmodifiableSet(ordered);
  }
}
