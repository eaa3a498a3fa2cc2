// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import io.kubernetes.client.openapi.models.V1Capabilities;
import io.kubernetes.client.openapi.models.V1Container;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1PodSecurityContext;
import io.kubernetes.client.openapi.models.V1PodSpec;
import io.kubernetes.client.openapi.models.V1SecurityContext;
import io.kubernetes.client.openapi.models.V1Volume;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The restricted pod security standard, and more: whatever the values, for every pod. */
final class PodSecurityTest {
  private static final Set<String> VOLUMES =
      Set.of(
          "configMap",
          "csi",
          "downwardAPI",
          "emptyDir",
          "ephemeral",
          "persistentVolumeClaim",
          "projected",
          "secret");

  static List<Path> valueSets() {
    return Chart.valueSets();
  }

  @ParameterizedTest
  @MethodSource("valueSets")
  void pods_ofEachSet_areRestricted(Path values) {
    assertThat(pods(values)).hasSize(2).allSatisfy(PodSecurityTest::assertRestricted);
  }

  @ParameterizedTest
  @MethodSource("valueSets")
  void containers_ofEachSet_areRestricted(Path values) {
    assertThat(pods(values).flatMap(PodSecurityTest::containers))
        .hasSizeGreaterThanOrEqualTo(2)
        .allSatisfy(PodSecurityTest::assertRestricted);
  }

  private static void assertRestricted(V1PodSpec pod) {
    V1PodSecurityContext security = Given.present(pod.getSecurityContext());
    assertThat(security.getRunAsNonRoot()).isTrue();
    assertThat(security.getRunAsUser()).isEqualTo(10001);
    assertThat(security.getRunAsGroup()).isEqualTo(10001);
    assertThat(Given.present(security.getSeccompProfile()).getType()).isEqualTo("RuntimeDefault");
    assertThat(security.getSysctls()).isNullOrEmpty();
    assertThat(pod.getHostNetwork()).isNull();
    assertThat(pod.getHostPID()).isNull();
    assertThat(pod.getHostIPC()).isNull();
    assertThat(pod.getAutomountServiceAccountToken()).isFalse();
    for (V1Volume volume : Given.present(pod.getVolumes())) {
      JsonObject fields = new Gson().toJsonTree(volume).getAsJsonObject();
      fields.remove("name");
      assertThat(VOLUMES).containsAll(fields.keySet());
    }
  }

  private static void assertRestricted(V1Container container) {
    V1SecurityContext security = Given.present(container.getSecurityContext());
    assertThat(security.getAllowPrivilegeEscalation()).isFalse();
    assertThat(security.getReadOnlyRootFilesystem()).isTrue();
    assertThat(security.getPrivileged()).isNull();
    assertThat(security.getRunAsUser()).isNull();
    V1Capabilities capabilities = Given.present(security.getCapabilities());
    assertThat(capabilities.getDrop()).containsExactly("ALL");
    assertThat(capabilities.getAdd()).isNullOrEmpty();
    assertThat(Given.present(container.getPorts()))
        .allSatisfy(port -> assertThat(port.getHostPort()).isNull());
  }

  private static Stream<V1PodSpec> pods(Path values) {
    Rendering rendering = Chart.render(values);
    V1Pod test = rendering.only(V1Pod.class, "Pod");
    return Stream.of(rendering.podSpec(), Given.present(test.getSpec()));
  }

  private static Stream<V1Container> containers(V1PodSpec pod) {
    List<V1Container> containers = new ArrayList<>(pod.getContainers());
    if (pod.getInitContainers() != null) {
      containers.addAll(pod.getInitContainers());
    }
    return containers.stream();
  }
}
