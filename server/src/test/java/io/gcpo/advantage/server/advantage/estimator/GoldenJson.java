// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.gcpo.advantage.server.linalg.FloatMatrix;
import io.gcpo.advantage.server.linalg.Vector;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.StreamSupport;

/** Golden files and the shapes in them. */
final class GoldenJson {
  private GoldenJson() {}

  /** The file at {@code /golden/name}. */
  static JsonObject read(String name) {
    InputStream stream =
        Objects.requireNonNull(GoldenJson.class.getResourceAsStream("/golden/" + name), name);
    try (Reader reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
      return JsonParser.parseReader(reader).getAsJsonObject();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static List<JsonObject> objects(JsonElement array) {
    return StreamSupport.stream(array.getAsJsonArray().spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .toList();
  }

  static Vector vector(JsonElement array) {
    JsonArray values = array.getAsJsonArray();
    return Vector.of(values.size(), i -> values.get(i).getAsDouble());
  }

  /** Rewards, absent where they are null. */
  static List<OptionalDouble> rewards(JsonObject group) {
    List<OptionalDouble> rewards = new ArrayList<>();
    for (JsonElement reward : group.getAsJsonArray("rewards")) {
      rewards.add(
          reward.isJsonNull() ? OptionalDouble.empty() : OptionalDouble.of(reward.getAsDouble()));
    }
    return rewards;
  }

  static FloatMatrix embeddings(JsonObject group) {
    List<float[]> rows = new ArrayList<>();
    for (JsonElement element : group.getAsJsonArray("embeddings")) {
      JsonArray values = element.getAsJsonArray();
      float[] row = new float[values.size()];
      for (int k = 0; k < row.length; k++) {
        row[k] = values.get(k).getAsFloat();
      }
      rows.add(row);
    }
    return FloatMatrix.ofRows(rows);
  }
}
