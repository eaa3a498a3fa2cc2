// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1ContainerPort;
import io.kubernetes.client.openapi.models.V1HTTPGetAction;
import io.kubernetes.client.openapi.models.V1Probe;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Probes ask what the server answers, and nobody gives up while a model may still load. */
final class ProbesTest {
  static List<Path> valueSets() {
    return Chart.valueSets();
  }

  @ParameterizedTest
  @MethodSource("valueSets")
  void probes_ofEachSet_askTheManagementPort(Path values) {
    V1Container server = Chart.render(values).server();

    assertThat(Given.present(server.getPorts()))
        .extracting(V1ContainerPort::getName)
        .contains("management");
    assertThat(asked(server.getStartupProbe())).isEqualTo("management/readyz");
    assertThat(asked(server.getReadinessProbe())).isEqualTo("management/readyz");
    assertThat(asked(server.getLivenessProbe())).isEqualTo("management/livez");
  }

  @ParameterizedTest
  @MethodSource("valueSets")
  void rollout_ofEachSet_outlastsTheStartupProbe(Path values) {
    Rendering rendering = Chart.render(values);
    V1Probe startup = Given.present(rendering.server().getStartupProbe());
    int loading =
        Given.present(startup.getPeriodSeconds()) * Given.present(startup.getFailureThreshold());

    assertThat(Given.present(rendering.deployment().getSpec()).getProgressDeadlineSeconds())
        .isGreaterThanOrEqualTo(loading + 60)
        .isGreaterThanOrEqualTo(600);
  }

  private static String asked(@Nullable V1Probe probe) {
    V1HTTPGetAction get = Given.present(Given.present(probe).getHttpGet());
    return get.getPort().getStrValue() + get.getPath();
  }
}
