// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.helm;

import static org.assertj.core.api.Assertions.assertThat;

import io.kubernetes.client.openapi.models.V1EnvVar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The server refuses settings that it does not know, so the chart must not make any up. */
final class ServerSettingsTest {
  private static final String PREFIX = "GCPO_CONFIG_";

  /** Rows of the table that a test of the server keeps true. */
  private static final Pattern KEY = Pattern.compile("^\\| `([a-z0-9.-]+)` \\|", Pattern.MULTILINE);

  static List<Path> valueSets() {
    return Chart.valueSets();
  }

  @ParameterizedTest
  @MethodSource("valueSets")
  void variables_ofEachSet_areSettingsOfTheServer(Path values) throws IOException {
    Set<String> known = documented();

    assertThat(Given.present(Chart.render(values).server().getEnv()))
        .extracting(V1EnvVar::getName)
        .doesNotHaveDuplicates()
        .filteredOn(name -> name.startsWith(PREFIX) && !name.startsWith(PREFIX + "MODELS_"))
        .hasSizeGreaterThanOrEqualTo(6)
        .allMatch(known::contains);
  }

  @ParameterizedTest
  @CsvSource({"8000000, 8000000", "4294967296, 4294967296", "0.5, 0.5", "true, true"})
  void numbers_reachTheServerAsTheyWereWritten(String written, String read) {
    Rendering rendering = Chart.render("config.embedding\\.max-queued-tokens=" + written);

    assertThat(rendering.env("GCPO_CONFIG_EMBEDDING_MAX_QUEUED_TOKENS")).hasValue(read);
  }

  @Test
  void extras_areHandedThrough() {
    Rendering rendering = Chart.renderSet("extras");

    assertThat(rendering.server().getArgs())
        .containsExactly("serve", "--config=/etc/gcpo/server.yaml");
    assertThat(Given.present(rendering.server().getVolumeMounts()))
        .anySatisfy(mount -> assertThat(mount.getMountPath()).isEqualTo("/etc/gcpo"));
    assertThat(Given.present(rendering.podSpec().getVolumes()))
        .anySatisfy(volume -> assertThat(volume.getName()).isEqualTo("settings"));
    assertThat(Given.present(rendering.server().getEnv()))
        .anySatisfy(variable -> assertThat(variable.getName()).isEqualTo("NODE"));
    assertThat(Given.present(rendering.podSpec().getTopologySpreadConstraints()))
        .singleElement()
        .satisfies(
            constraint ->
                assertThat(Given.present(constraint.getLabelSelector()).getMatchLabels())
                    .containsOnlyKeys("team"));
  }

  private static Set<String> documented() throws IOException {
    String table = Files.readString(Path.of("..", "server", "docs", "configuration.md"));
    return KEY.matcher(table)
        .results()
        .map((MatchResult row) -> row.group(1).toUpperCase(Locale.ROOT).replaceAll("[.-]", "_"))
        .map(name -> PREFIX + name)
        .collect(Collectors.toSet());
  }
}
