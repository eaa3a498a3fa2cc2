// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.monitoring;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The rules that the chart ships, and their tests. */
final class RuleFile {
  static final Path CHART = Path.of("..", "helm", "gcpo-advantage");
  static final Path RULES = CHART.resolve(Path.of("rules", "gcpo-advantage.yaml"));

  private RuleFile() {}

  static List<JsonObject> alerts() {
    return rules().filter(rule -> rule.has("alert")).toList();
  }

  /** Of alerts and recording rules. */
  static Stream<JsonObject> rules() {
    return objects(yaml(RULES), "groups").flatMap(group -> objects(group, "rules"));
  }

  /** Sorted. */
  static List<Path> testFiles() throws IOException {
    try (Stream<Path> files = Files.list(CHART.resolve(Path.of("rules", "tests")))) {
      return files.sorted().toList();
    }
  }

  static JsonObject yaml(Path file) {
    try {
      Object document =
          new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
      return new Gson().toJsonTree(document).getAsJsonObject();
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  static Stream<JsonObject> objects(JsonObject parent, String key) {
    return parent.getAsJsonArray(key).asList().stream().map(JsonElement::getAsJsonObject);
  }
}
