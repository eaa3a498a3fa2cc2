// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli;

import io.gcpo.advantage.v1.AdvantageConfig;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which advantages a command asks for. */
final class EstimatorOptions {
  @Option(
      names = "--estimator",
      paramLabel = "NAME",
      description = "For example gcpo_cooperative (the default) or grpo; estimators lists all.")
  private @Nullable String estimator;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = {
        "A field of AdvantageConfig, for example alpha=10 or kernel=math; may be repeated.",
        "Nested fields take a dot: gold.replacement=longest, component_weights.style=0.5."
      })
  private Map<String, String> settings = new LinkedHashMap<>();

  EstimatorOptions() {}

  AdvantageConfig config() {
    Map<String, String> arguments = new LinkedHashMap<>(settings);
    if (estimator != null) {
      arguments.put("estimator", estimator);
    }
    return ConfigArguments.parse(arguments);
  }
}
