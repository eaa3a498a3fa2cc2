// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli;

import com.google.common.base.CaseFormat;
import io.gcpo.advantage.server.grpc.ProtoEnums;
import io.gcpo.advantage.v1.EstimatorInfo;
import io.gcpo.advantage.v1.GetServerInfoResponse;
import io.gcpo.advantage.v1.ParameterInfo;
import java.util.List;
import java.util.stream.Collectors;

/** The estimators of a server as Markdown. */
final class EstimatorsPage {
  private EstimatorsPage() {}

  static String of(GetServerInfoResponse info) {
    StringBuilder page = new StringBuilder();
    page.append("# Estimators\n\n")
        .append("Made by `gcpo-advantage estimators` from what the code declares. What each")
        .append(" computes, and which to take, stands in\n[algorithm.md](algorithm.md).\n\n")
        .append("| estimator | what it is | needs besides rewards | normalises over |\n")
        .append("|---|---|---|---|\n");
    for (EstimatorInfo estimator : info.getEstimatorsList()) {
      page.append(
          "| [`%s`](#%s) | %s | %s | %s |\n"
              .formatted(
                  name(estimator),
                  name(estimator),
                  estimator.getSummary(),
                  inputs(estimator),
                  estimator.getBatchLevel() ? "the request" : "the group"));
    }
    for (EstimatorInfo estimator : info.getEstimatorsList()) {
      page.append("\n## %s\n\n".formatted(name(estimator)))
          .append("%s Source: %s\n\n".formatted(estimator.getSummary(), estimator.getSource()));
      if (estimator.hasDefaultKernel()) {
        page.append("Kernel where none is named: `%s`.\n\n".formatted(kernel(estimator)));
      }
      appendParameters(page, estimator.getParametersList());
    }
    page.append(
        "\n## kernel\n\nFor every estimator; `composite_kernel` puts kernels together.\n\n");
    appendParameters(page, info.getKernelParametersList());
    page.append("\n## gold\n\nFor every estimator; on by default for `gcpo_gold`.\n\n");
    appendParameters(page, info.getGoldParametersList());
    page.append("\n## importance\n\nFor every estimator.\n\n");
    appendParameters(page, info.getImportanceParametersList());
    return page.toString();
  }

  private static void appendParameters(StringBuilder page, List<ParameterInfo> parameters) {
    if (parameters.isEmpty()) {
      page.append("No parameters.\n");
      return;
    }
    page.append("| parameter | default | range | |\n|---|---|---|---|\n");
    for (ParameterInfo parameter : parameters) {
      page.append(
          "| `%s` | %s | %s | %s |\n"
              .formatted(
                  parameter.getName(),
                  parameter.getDefaultValue(),
                  parameter.getRange(),
                  parameter.getSummary()));
    }
  }

  private static String name(EstimatorInfo estimator) {
    return CaseFormat.UPPER_UNDERSCORE.to(
        CaseFormat.LOWER_UNDERSCORE,
        ProtoEnums.shortName(estimator.getEstimator().getValueDescriptor()));
  }

  private static String kernel(EstimatorInfo estimator) {
    return CaseFormat.UPPER_UNDERSCORE.to(
        CaseFormat.LOWER_UNDERSCORE,
        ProtoEnums.shortName(estimator.getDefaultKernel().getValueDescriptor()));
  }

  private static String inputs(EstimatorInfo estimator) {
    return estimator.getInputsList().stream()
        .map(input -> ProtoEnums.shortName(input.getValueDescriptor()))
        .map(input -> CaseFormat.UPPER_UNDERSCORE.to(CaseFormat.LOWER_UNDERSCORE, input))
        .map(input -> input.replace('_', ' '))
        .collect(Collectors.joining(", "));
  }
}
