// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A Deployment's selector cannot be changed, so it depends on names alone; the rest follows it. */
final class SelectorsTest {
  private static final Map<String, JsonElement> SELECTOR =
      Map.of(
          "app.kubernetes.io/name", new JsonPrimitive("gcpo-advantage"),
          "app.kubernetes.io/instance", new JsonPrimitive(Chart.RELEASE));

  private static final List<String> SELECTING =
      List.of(
          "Deployment",
          "NetworkPolicy",
          "PodDisruptionBudget",
          "PodMonitor",
          "Service",
          "ServiceMonitor");

  static List<Path> valueSets() {
    return Chart.valueSets();
  }

  @ParameterizedTest
  @MethodSource("valueSets")
  void selectors_ofEachSet_areTheSame(Path values) {
    assertThat(Chart.render(values).documents())
        .filteredOn(document -> SELECTING.contains(Rendering.kind(document)))
        .hasSizeGreaterThanOrEqualTo(3)
        .allSatisfy(document -> assertThat(selector(document)).isEqualTo(SELECTOR));
  }

  @ParameterizedTest
  @MethodSource("valueSets")
  void selector_matchesTheServersPodsAndNoOther(Path values) {
    for (JsonObject document : Chart.render(values).documents()) {
      if (Rendering.kind(document).equals("Deployment")) {
        assertThat(labels(document.getAsJsonObject("spec").getAsJsonObject("template")).asMap())
            .containsAllEntriesOf(SELECTOR);
      } else if (Rendering.kind(document).equals("Pod")) {
        assertThat(labels(document).get("app.kubernetes.io/name"))
            .isNotEqualTo(SELECTOR.get("app.kubernetes.io/name"));
      }
    }
  }

  private static Map<String, JsonElement> selector(JsonObject document) {
    JsonObject spec = document.getAsJsonObject("spec");
    JsonObject selector =
        spec.getAsJsonObject(spec.has("podSelector") ? "podSelector" : "selector");
    return selector.has("matchLabels")
        ? selector.getAsJsonObject("matchLabels").asMap()
        : selector.asMap();
  }

  private static JsonObject labels(JsonObject document) {
    return document.getAsJsonObject("metadata").getAsJsonObject("labels");
  }
}
