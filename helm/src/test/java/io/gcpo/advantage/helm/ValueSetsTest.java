// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every document of every value set. */
final class ValueSetsTest {
  private static final String NAME = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";

  static List<Path> valueSets() {
    return Chart.valueSets();
  }

  @Test
  void lint_strict_findsNothing() {
    LintResult result = new Helm(Chart.DIRECTORY).lint().strict().call();

    assertThat(result.isFailed()).as(result.getMessages().toString()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("valueSets")
  void documents_ofEachSet_areWhatKubernetesTakes(Path values) {
    assertThat(Chart.render(values).documents())
        .hasSizeGreaterThanOrEqualTo(3)
        .allSatisfy(StrictTypes::check);
  }

  @ParameterizedTest
  @MethodSource("valueSets")
  void names_ofEachSet_areUniqueAndShortEnough(Path values) {
    List<JsonObject> documents = Chart.render(values).documents();

    assertThat(documents)
        .extracting(d -> Rendering.kind(d) + " " + name(d))
        .doesNotHaveDuplicates();
    assertThat(documents).extracting(ValueSetsTest::name).allMatch(name -> name.matches(NAME));
  }

  @ParameterizedTest
  @MethodSource("valueSets")
  void labels_ofEachSet_nameTheRelease(Path values) {
    assertThat(Chart.render(values).documents())
        .allSatisfy(
            document ->
                assertThat(metadata(document).getAsJsonObject("labels").asMap())
                    .containsKeys(
                        "app.kubernetes.io/name",
                        "app.kubernetes.io/instance",
                        "app.kubernetes.io/managed-by")
                    .allSatisfy(
                        (key, label) -> assertThat(label.getAsString()).hasSizeLessThan(64)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "a-release-whose-name-is-as-long-as-helm-lets-it-be-53"})
  void names_ofAnyRelease_areShortEnough(String release) {
    assertThat(release).hasSizeLessThanOrEqualTo(53);

    assertThat(Chart.renderAs(release, "1.31.0", "dashboards.enabled=true").documents())
        .extracting(ValueSetsTest::name)
        .anyMatch(name -> name.endsWith("-headless"))
        .anyMatch(name -> name.endsWith("-dashboards"))
        .allMatch(name -> name.matches(NAME));
  }

  private static JsonObject metadata(JsonObject document) {
    return document.getAsJsonObject("metadata");
  }

  private static String name(JsonObject document) {
    return metadata(document).get("name").getAsString();
  }
}
