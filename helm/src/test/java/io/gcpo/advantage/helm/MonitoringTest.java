// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.fabric8.openshift.api.model.monitoring.v1.PodMonitor;
import io.fabric8.openshift.api.model.monitoring.v1.ServiceMonitor;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What the Prometheus operator and Grafana are given. */
final class MonitoringTest {
  /** Of a ConfigMap, all its data together. */
  private static final int MAX_BYTES = 1 << 20;

  @Test
  void all_byDefault_isOff() {
    assertThat(Chart.render().kinds())
        .doesNotContain("PodMonitor", "ServiceMonitor", "PrometheusRule", "ConfigMap");
  }

  @Test
  void podMonitor_scrapesTheManagementPort() {
    Rendering rendering = Chart.renderSet("production");
    PodMonitor monitor = rendering.only(PodMonitor.class, "PodMonitor");

    assertThat(monitor.getMetadata().getLabels()).containsEntry("release", "prometheus");
    assertThat(monitor.getSpec().getPodMetricsEndpoints())
        .singleElement()
        .satisfies(
            endpoint -> {
              assertThat(endpoint.getPort()).isEqualTo("management");
              assertThat(endpoint.getPath()).isEqualTo("/metrics");
              assertThat(endpoint.getInterval()).isEqualTo("15s");
              assertThat(endpoint.getMetricRelabelings()).hasSize(1);
            });
    assertThat(rendering.kinds()).doesNotContain("ServiceMonitor");
  }

  @Test
  void serviceMonitor_scrapesTheManagementPort() {
    Rendering rendering = Chart.renderSet("service-monitor");
    ServiceMonitor monitor = rendering.only(ServiceMonitor.class, "ServiceMonitor");

    assertThat(monitor.getSpec().getEndpoints())
        .singleElement()
        .satisfies(
            endpoint -> {
              assertThat(endpoint.getPort()).isEqualTo("management");
              assertThat(endpoint.getPath()).isEqualTo("/metrics");
              assertThat(endpoint.getScrapeTimeout()).isEqualTo("5s");
            });
    assertThat(rendering.kinds()).doesNotContain("PodMonitor");
  }

  @Test
  void rules_areThoseOfTheFile() throws IOException {
    Path file = Chart.COPY.resolve("rules/gcpo-advantage.yaml");
    Object rules = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
    JsonElement groups = new Gson().toJsonTree(rules).getAsJsonObject().get("groups");

    JsonObject resource =
        Chart.renderSet("production").documents().stream()
            .filter(document -> Rendering.kind(document).equals("PrometheusRule"))
            .findFirst()
            .orElseThrow();
    assertThat(resource.getAsJsonObject("spec").get("groups")).isEqualTo(groups);
    assertThat(groups.getAsJsonArray()).isNotEmpty();
  }

  @Test
  void dashboards_areTheFiles() throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> paths = Files.list(Chart.COPY.resolve("dashboards"))) {
      for (Path path : paths.filter(p -> p.toString().endsWith(".json")).toList()) {
        files.put(path.getFileName().toString(), Files.readString(path).stripTrailing());
      }
    }

    V1ConfigMap map = Chart.renderSet("production").only(V1ConfigMap.class, "ConfigMap");

    Map<String, String> data = new TreeMap<>(Given.present(map.getData()));
    data.replaceAll((name, text) -> text.stripTrailing());
    assertThat(data).isEqualTo(files).isNotEmpty();
    assertThat(data.values().stream().mapToInt(String::length).sum()).isLessThan(MAX_BYTES);
    assertThat(Given.present(map.getMetadata()).getLabels())
        .containsEntry("grafana_dashboard", "1");
  }
}
