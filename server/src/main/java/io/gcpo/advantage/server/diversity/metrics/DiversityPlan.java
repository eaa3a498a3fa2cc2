// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.metrics;

import java.util.List;
import java.util.Set;

/**
 * What is to be measured of each group.
 *
 * @param choice of metrics
 * @param required whether a group that lacks what a metric needs is refused; else such a group is
 *     not measured
 * @param passAtK each k for which pass@k is wanted
 * @param matrix whether the similarities of all pairs are wanted; a group that lacks what the
 *     kernel looks at is then refused
 */
public record DiversityPlan(
    DiversityChoice choice, boolean required, List<Integer> passAtK, boolean matrix) {
  /** Nothing. */
  public static final DiversityPlan NOTHING =
      new DiversityPlan(
          new DiversityChoice(Set.of(), DiversityChoice.DEFAULT_CLUSTER_THRESHOLD),
          false,
          List.of(),
          false);

  /** What is measured where nobody chooses. */
  public static final DiversityPlan DEFAULT =
      new DiversityPlan(DiversityChoice.DEFAULT, false, List.of(), false);

  /** Copies the list. */
  public DiversityPlan {
    passAtK = List.copyOf(passAtK);
  }

  /** Whether some metric, or the matrix, needs the similarity kernel. */
  public boolean needsSimilarity() {
    return matrix || metricsNeedSimilarity();
  }

  /** Whether a group without similarities is refused. */
  public boolean requiresSimilarity() {
    return matrix || (required && metricsNeedSimilarity());
  }

  /** Whether some metric needs the similarity kernel. */
  public boolean metricsNeedSimilarity() {
    return choice.metrics().stream().anyMatch(DiversityMetric::needsSimilarity);
  }

  /** Whether some metric needs the texts. */
  public boolean needsTexts() {
    return choice.metrics().stream().anyMatch(DiversityMetric::needsTexts);
  }
}
