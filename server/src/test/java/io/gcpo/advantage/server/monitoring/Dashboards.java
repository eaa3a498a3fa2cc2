// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.monitoring;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The dashboards that the chart ships. */
final class Dashboards {
  private static final Path FOLDER = RuleFile.CHART.resolve("dashboards");

  private Dashboards() {}

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER)) {
      return files.sorted().toList();
    }
  }

  static Stream<JsonObject> panels(Path file) {
    try {
      JsonObject dashboard = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
      return RuleFile.objects(dashboard, "panels");
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  /** As Grafana sends them with all of a variable chosen. */
  static Stream<String> expressions(JsonObject panel) {
    return RuleFile.objects(panel, "targets")
        .map(target -> target.get("expr").getAsString())
        .map(
            expression ->
                expression
                    .replace("$__rate_interval", "1m")
                    .replace("$job", ".+")
                    .replace("$instance", ".+"));
  }
}
