// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.model;

import com.google.common.collect.ImmutableList;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import io.gcpo.advantage.server.embedding.InvalidModelException;
import io.gcpo.advantage.server.embedding.pooling.PoolingConfig;
import io.gcpo.advantage.server.embedding.pooling.PoolingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * {@code config.json} of a Pooling module, in the form of sentence-transformers 6 ({@code
 * pooling_mode}) or in the older one (a flag a mode).
 */
final class PoolingFile {
  private static final String MODE = "pooling_mode";

  private PoolingFile() {}

  /** Throws {@link InvalidModelException}. */
  static PoolingConfig read(Path file) {
    ModelJson json = ModelJson.read(file);
    String dimension =
        json.has("embedding_dimension") ? "embedding_dimension" : "word_embedding_dimension";
    return new PoolingConfig(
        json.has(MODE) ? named(json) : flagged(json),
        json.positive(dimension),
        json.flag("include_prompt", true));
  }

  private static List<PoolingMode> named(ModelJson json) {
    JsonElement value = json.object().get(MODE);
    List<JsonElement> names =
        value instanceof JsonArray array ? array.asList() : ImmutableList.of(value);
    List<PoolingMode> modes = new ArrayList<>();
    for (JsonElement name : names) {
      for (PoolingMode mode : PoolingMode.values()) {
        if (new JsonPrimitive(mode.label()).equals(name)) {
          modes.add(mode);
        }
      }
    }
    if (modes.isEmpty() || modes.size() != names.size()) {
      throw json.invalid(MODE, "among " + labels());
    }
    return modes;
  }

  private static List<PoolingMode> flagged(ModelJson json) {
    List<PoolingMode> modes = new ArrayList<>();
    for (PoolingMode mode : PoolingMode.values()) {
      if (json.flag(mode.flag(), false)) {
        modes.add(mode);
      }
    }
    List<String> known = Arrays.stream(PoolingMode.values()).map(PoolingMode::flag).toList();
    for (Map.Entry<String, JsonElement> entry : json.object().entrySet()) {
      String key = entry.getKey();
      if (key.startsWith("pooling_mode_") && !known.contains(key) && json.flag(key, false)) {
        throw new InvalidModelException(json.file(), "%s (expected: %s)".formatted(key, known));
      }
    }
    if (modes.isEmpty()) {
      throw new InvalidModelException(json.file(), "no pooling (expected: one of " + known + ")");
    }
    return modes;
  }

  private static List<String> labels() {
    return Arrays.stream(PoolingMode.values()).map(PoolingMode::label).toList();
  }
}
