// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import io.gcpo.advantage.server.grpc.ProtoEnums;
import io.gcpo.advantage.v1.DiversityMetric;
import io.gcpo.advantage.v1.OutputOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Which diversity metrics a command asks for. */
final class MetricOptions {
  @Option(
      names = "--metric",
      paramLabel = "NAME",
      split = ",",
      description = {
        "A diversity metric, for example self_bleu; may be repeated.",
        "Default: vendi_score, pairwise_distance, effective_count and distinct."
      })
  private List<String> metrics = new ArrayList<>();

  @Option(
      names = "--pass-at-k",
      paramLabel = "K",
      split = ",",
      description = "Also the unbiased pass@k; may be repeated.")
  private List<Integer> passAtK = new ArrayList<>();

  MetricOptions() {}

  OutputOptions output() {
    OutputOptions.Builder output = OutputOptions.newBuilder().addAllPassAtK(passAtK);
    metrics.forEach(metric -> output.addMetrics(metric(metric)));
    return output.build();
  }

  private static DiversityMetric metric(String name) {
    return ProtoEnums.find(
            DiversityMetric.getDescriptor(),
            name.strip().toUpperCase(Locale.ROOT).replace('-', '_'))
        .filter(value -> value.getNumber() != 0)
        .map(DiversityMetric::valueOf)
        .orElseThrow(
            () ->
                new InputException("--metric: %s (expected: one of %s)".formatted(name, names())));
  }

  private static String names() {
    return DiversityMetric.getDescriptor().getValues().stream()
        .filter(value -> value.getNumber() != 0)
        .map((EnumValueDescriptor value) -> ProtoEnums.shortName(value).toLowerCase(Locale.ROOT))
        .collect(Collectors.joining(", "));
  }
}
