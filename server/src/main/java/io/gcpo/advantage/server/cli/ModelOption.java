// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli;

import io.gcpo.advantage.v1.GetServerInfoResponse;
import io.gcpo.advantage.v1.ModelIdentity;
import io.gcpo.advantage.v1.ModelInfo;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** Which of the server's models embeds. */
final class ModelOption {
  @Option(
      names = "--model",
      paramLabel = "NAME",
      defaultValue = "",
      description = "The model that embeds, where there are several. Default: the first.")
  private String name = "";

  ModelOption() {}

  /** As a request carries it; empty for the first. */
  String name() {
    return name;
  }

  /** The model, or {@link InputException} with the names there are. */
  ModelIdentity among(GetServerInfoResponse info) {
    if (name.isEmpty()) {
      return info.getModel();
    }
    List<ModelIdentity> models = info.getModelsList().stream().map(ModelInfo::getModel).toList();
    return models.stream()
        .filter(model -> model.getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new InputException(unknown(models)));
  }

  private String unknown(List<ModelIdentity> models) {
    return "--model: %s (expected: %s)"
        .formatted(
            name, models.stream().map(ModelIdentity::getName).collect(Collectors.joining(" or ")));
  }
}
