// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertRulesTest {
  private static final String RUNBOOK = "server/docs/operations.md#";

  @TempDir private Path folder;

  @Test
  void rules_arePlainForPromtool() throws Exception {
    promtool("check", "rules", "--lint=all", "--lint-fatal", RuleFile.RULES.toString());
  }

  @Test
  void rules_behaveAsTheirTestsSay() throws Exception {
    List<String> arguments = new ArrayList<>(List.of("test", "rules"));
    RuleFile.testFiles().forEach(file -> arguments.add(file.toString()));
    promtool(arguments.toArray(String[]::new));
  }

  @Test
  void everyAlert_isTestedBothWays() throws IOException {
    Map<String, List<Boolean>> fires = new TreeMap<>();
    for (Path file : RuleFile.testFiles()) {
      RuleFile.objects(RuleFile.yaml(file), "tests")
          .flatMap(test -> RuleFile.objects(test, "alert_rule_test"))
          .forEach(
              test ->
                  fires
                      .computeIfAbsent(text(test, "alertname"), name -> new ArrayList<>())
                      .add(!test.getAsJsonArray("exp_alerts").isEmpty()));
    }

    assertThat(fires.keySet()).isEqualTo(new TreeSet<>(names().toList()));
    assertThat(fires).allSatisfy((alert, ways) -> assertThat(ways).as(alert).contains(true, false));
  }

  @Test
  void everyAlert_saysWhatItIsAndHowBad() {
    assertThat(RuleFile.alerts())
        .isNotEmpty()
        .allSatisfy(
            alert -> {
              assertThat(text(alert.getAsJsonObject("labels"), "severity"))
                  .isIn("critical", "warning");
              JsonObject annotations = alert.getAsJsonObject("annotations");
              assertThat(text(annotations, "summary")).isNotBlank();
              assertThat(text(annotations, "description")).isNotBlank();
              assertThat(text(annotations, "runbook_url"))
                  .isEqualTo(RUNBOOK + text(alert, "alert").toLowerCase(Locale.ROOT));
            });
  }

  @Test
  void runbooks_areThoseOfTheAlerts() throws IOException {
    String runbooks =
        Files.readString(Path.of("docs", "operations.md")).split("\n## Runbooks\n", 2)[1];
    List<String> sections =
        runbooks
            .split("\n## ", 2)[0]
            .lines()
            .filter(line -> line.startsWith("### "))
            .map(line -> line.substring(4))
            .toList();

    assertThat(sections).containsExactlyInAnyOrderElementsOf(names().toList());
  }

  private static Stream<String> names() {
    return RuleFile.alerts().stream().map(alert -> text(alert, "alert"));
  }

  private static String text(JsonObject object, String key) {
    return object.get(key).getAsString();
  }

  private void promtool(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(MonitoringTool.path("promtool")));
    command.addAll(List.of(arguments));
    MonitoringTool.run(folder.resolve("log"), Path.of("/dev/null"), command);
  }
}
