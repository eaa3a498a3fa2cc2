// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.helm;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The schema explains every value, and knows those of values.yaml and no others. */
final class SchemaTest {
  private static final Path VALUES = Chart.DIRECTORY.resolve("values.yaml");
  private static final Path SCHEMA = Chart.DIRECTORY.resolve("values.schema.json");

  @Test
  void properties_all_areDescribed() throws IOException {
    List<String> undescribed = new ArrayList<>();
    collectUndescribed("", schema(), undescribed);

    assertThat(undescribed).isEmpty();
  }

  @Test
  void objects_ofTheChart_takeNoOtherKeys() throws IOException {
    List<String> open = new ArrayList<>();
    collectOpen("", schema(), values(), open);

    assertThat(open).isEmpty();
  }

  @Test
  void properties_allButHelmsOwn_haveADefault() throws IOException {
    List<String> keys = new ArrayList<>(properties(schema()).keySet());
    keys.remove("global");

    assertThat(values().keySet()).containsExactlyElementsOf(keys);
  }

  private static void collectUndescribed(String path, JsonObject schema, List<String> found) {
    properties(schema)
        .forEach(
            (name, property) -> {
              JsonObject child = property.getAsJsonObject();
              if (!child.has("description")) {
                found.add(path + "/" + name);
              }
              collectUndescribed(path + "/" + name, child, found);
            });
  }

  /** Objects that have defaults of their own must list their keys. */
  private static void collectOpen(
      String path, JsonObject schema, JsonObject values, List<String> found) {
    if (!schema.has("additionalProperties")) {
      found.add(path);
    }
    properties(schema)
        .forEach(
            (name, property) -> {
              JsonElement value = values.get(name);
              if (value != null && value.isJsonObject() && !value.getAsJsonObject().isEmpty()) {
                collectOpen(
                    path + "/" + name, property.getAsJsonObject(), value.getAsJsonObject(), found);
              }
            });
  }

  private static Map<String, JsonElement> properties(JsonObject schema) {
    return schema.has("properties") ? schema.getAsJsonObject("properties").asMap() : Map.of();
  }

  private static JsonObject schema() throws IOException {
    return JsonParser.parseString(Files.readString(SCHEMA)).getAsJsonObject();
  }

  private static JsonObject values() throws IOException {
    Object values =
        new Load(LoadSettings.builder().build()).loadFromString(Files.readString(VALUES));
    return new Gson().toJsonTree(values).getAsJsonObject();
  }
}
