// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import io.gcpo.advantage.server.diversity.metrics.DiversityChoice;
import io.gcpo.advantage.server.diversity.metrics.DiversityMetric;
import io.gcpo.advantage.server.diversity.metrics.DiversityPlan;
import io.gcpo.advantage.v1.OutputOptions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Reads what a caller wants measured. */
final class OutputParser {
  private static final int MAX_K = 1024;

  private final String path;
  private final Violations violations;

  /** For the options at {@code path}. */
  OutputParser(String path, Violations violations) {
    this.path = path;
    this.violations = violations;
  }

  DiversityPlan parse(OutputOptions output) {
    boolean off = output.hasDiversity() && !output.getDiversity();
    if (off && output.getMetricsCount() + output.getPassAtKCount() > 0) {
      violations.invalid(
          path + ".diversity", "false (expected: left out, as metrics or pass_at_k are asked for)");
    }
    checkPassAtK(output);
    Set<DiversityMetric> metrics = metrics(output);
    double threshold = threshold(output);
    if (off) {
      return new DiversityPlan(
          DiversityPlan.NOTHING.choice(), false, List.of(), output.getSimilarity());
    }
    boolean chosen = !metrics.isEmpty();
    return new DiversityPlan(
        new DiversityChoice(chosen ? metrics : DiversityChoice.DEFAULT.metrics(), threshold),
        chosen,
        output.getPassAtKList(),
        output.getSimilarity());
  }

  private Set<DiversityMetric> metrics(OutputOptions output) {
    Set<DiversityMetric> metrics = EnumSet.noneOf(DiversityMetric.class);
    for (int i = 0; i < output.getMetricsCount(); i++) {
      io.gcpo.advantage.v1.DiversityMetric metric = output.getMetrics(i);
      if (metric == io.gcpo.advantage.v1.DiversityMetric.UNRECOGNIZED
          || metric == io.gcpo.advantage.v1.DiversityMetric.DIVERSITY_METRIC_UNSPECIFIED) {
        violations.invalid(
            "%s.metrics[%d]".formatted(path, i),
            "%d (expected: one of %s)"
                .formatted(output.getMetricsValue(i), Arrays.toString(DiversityMetric.values())));
      } else {
        metrics.add(DiversityMetric.valueOf(ProtoEnums.shortName(metric.getValueDescriptor())));
      }
    }
    return metrics;
  }

  private double threshold(OutputOptions output) {
    if (!output.hasClusterThreshold()) {
      return DiversityChoice.DEFAULT_CLUSTER_THRESHOLD;
    }
    double threshold = output.getClusterThreshold();
    if (threshold > 0 && threshold <= 1) {
      return threshold;
    }
    violations.invalid(path + ".cluster_threshold", threshold + " (expected: in (0, 1])");
    return DiversityChoice.DEFAULT_CLUSTER_THRESHOLD;
  }

  private void checkPassAtK(OutputOptions output) {
    for (int i = 0; i < output.getPassAtKCount(); i++) {
      int k = output.getPassAtK(i);
      if (k < 1 || k > MAX_K) {
        violations.invalid(
            "%s.pass_at_k[%d]".formatted(path, i),
            Integer.toUnsignedString(k) + " (expected: in [1, " + MAX_K + "])");
      }
    }
  }
}
