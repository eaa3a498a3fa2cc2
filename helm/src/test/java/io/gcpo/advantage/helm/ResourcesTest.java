// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.custom.Quantity;
import io.kubernetes.client.openapi.models.V1ResourceRequirements;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Processors, memory and GPUs. */
final class ResourcesTest {
  static List<Path> valueSets() {
    return Chart.valueSets();
  }

  @ParameterizedTest
  @MethodSource("valueSets")
  void requests_ofEachSet_areWithinTheLimits(Path values) {
    V1ResourceRequirements resources = resources(Chart.render(values));
    Map<String, Quantity> limits = orEmpty(resources.getLimits());

    orEmpty(resources.getRequests())
        .forEach(
            (name, request) ->
                assertThat(request.getNumber())
                    .as(name)
                    .isLessThanOrEqualTo(limits.getOrDefault(name, request).getNumber()));
  }

  @Test
  void gpus_areALimitAndNamedToTheServer() {
    Rendering rendering = Chart.renderSet("gpu");

    assertThat(resources(rendering).getLimits())
        .containsEntry("nvidia.com/gpu", new Quantity("2"))
        .containsEntry("memory", new Quantity("16Gi"));
    assertThat(rendering.env("GCPO_CONFIG_EMBEDDING_DEVICE")).hasValue("cuda:0,cuda:1");
    assertThat(rendering.podSpec().getRuntimeClassName()).isEqualTo("nvidia");
  }

  @Test
  void gpus_byAnotherName_replaceNothingElse() {
    Rendering rendering =
        Chart.render(
            "gpu.count=1",
            "gpu.resourceName=nvidia.com/mig-1g.10gb",
            "config.embedding\\.device=auto");

    assertThat(resources(rendering).getLimits())
        .containsOnlyKeys("cpu", "memory", "nvidia.com/mig-1g.10gb");
    assertThat(rendering.env("GCPO_CONFIG_EMBEDDING_DEVICE")).hasValue("auto");
  }

  @Test
  void processors_withoutGpus_areTheServersOwnChoice() {
    Rendering rendering = Chart.render();

    assertThat(rendering.env("GCPO_CONFIG_EMBEDDING_DEVICE")).isEmpty();
    assertThat(rendering.podSpec().getRuntimeClassName()).isNull();
    assertThat(resources(rendering).getLimits()).containsOnlyKeys("cpu", "memory");
  }

  private static V1ResourceRequirements resources(Rendering rendering) {
    return Given.present(rendering.server().getResources());
  }

  private static Map<String, Quantity> orEmpty(@Nullable Map<String, Quantity> amounts) {
    return amounts == null ? Map.of() : amounts;
  }
}
