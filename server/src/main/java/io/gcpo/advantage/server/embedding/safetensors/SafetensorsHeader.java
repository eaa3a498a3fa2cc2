// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.safetensors;

import com.google.common.collect.ImmutableMap;
import com.google.errorprone.annotations.FormatMethod;
import com.google.errorprone.annotations.FormatString;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads the header of a safetensors file: name to {@code dtype}, {@code shape} and {@code
 * data_offsets}, and texts in {@code __metadata__}. It is read as a stream and nothing may be
 * nested deeper than the format says.
 */
final class SafetensorsHeader {
  private static final String METADATA = "__metadata__";
  private static final int MAX_RANK = 8;

  private SafetensorsHeader() {}

  /**
   * The tensors, which fill {@code dataBytes} without holes and do not overlap. Throws IOException,
   * or IllegalArgumentException, IllegalStateException or ArithmeticException if something is
   * wrong.
   */
  static ImmutableMap<String, TensorInfo> read(Reader source, long dataBytes) throws IOException {
    JsonReader json = new JsonReader(source);
    json.setStrictness(Strictness.STRICT);
    Map<String, TensorInfo> tensors = new LinkedHashMap<>();
    Set<String> names = new HashSet<>();
    json.beginObject();
    while (json.hasNext()) {
      String name = json.nextName();
      require(names.add(name), "%s: twice", name);
      if (name.equals(METADATA)) {
        skipMetadata(json);
      } else {
        tensors.put(name, tensor(json, name));
      }
    }
    json.endObject();
    require(json.peek() == JsonToken.END_DOCUMENT, "more behind its end");
    checkLayout(tensors, dataBytes);
    return ImmutableMap.copyOf(tensors);
  }

  private static void skipMetadata(JsonReader json) throws IOException {
    json.beginObject();
    while (json.hasNext()) {
      String key = json.nextName();
      require(json.peek() == JsonToken.STRING, "%s: %s: not a text", METADATA, key);
      json.skipValue();
    }
    json.endObject();
  }

  private static TensorInfo tensor(JsonReader json, String name) throws IOException {
    String type = "";
    List<Long> shape = List.of();
    List<Long> offsets = List.of();
    Set<String> keys = new HashSet<>();
    json.beginObject();
    while (json.hasNext()) {
      String key = json.nextName();
      require(keys.add(key), "tensor %s: %s: twice", name, key);
      switch (key) {
        case "dtype" -> type = json.nextString();
        case "shape" -> shape = lengths(json, name, key);
        case "data_offsets" -> offsets = lengths(json, name, key);
        default -> throw new IllegalArgumentException("tensor %s: %s".formatted(name, key));
      }
    }
    json.endObject();
    require(keys.size() == 3, "tensor %s: %s (expected: dtype, shape, data_offsets)", name, keys);
    require(offsets.size() == 2, "tensor %s: data_offsets: %s (expected: two)", name, offsets);
    return new TensorInfo(type(name, type), shape, offsets.get(0), offsets.get(1));
  }

  private static TensorType type(String name, String type) {
    for (TensorType known : TensorType.values()) {
      if (known.name().equals(type)) {
        return known;
      }
    }
    throw new IllegalArgumentException("tensor %s: dtype: %s".formatted(name, type));
  }

  private static List<Long> lengths(JsonReader json, String name, String key) throws IOException {
    List<Long> lengths = new ArrayList<>();
    json.beginArray();
    while (json.hasNext()) {
      require(json.peek() == JsonToken.NUMBER, "tensor %s: %s: not numbers", name, key);
      long length = json.nextLong();
      require(length >= 0, "tensor %s: %s: %d (expected: >= 0)", name, key, length);
      require(lengths.size() < MAX_RANK, "tensor %s: %s: more than %d", name, key, MAX_RANK);
      lengths.add(length);
    }
    json.endArray();
    return lengths;
  }

  private static void checkLayout(Map<String, TensorInfo> tensors, long dataBytes) {
    List<Map.Entry<String, TensorInfo>> inOrder = new ArrayList<>(tensors.entrySet());
    inOrder.sort(
        Comparator.comparingLong((Map.Entry<String, TensorInfo> entry) -> entry.getValue().begin())
            .thenComparingLong(entry -> entry.getValue().end()));
    long at = 0;
    for (Map.Entry<String, TensorInfo> entry : inOrder) {
      TensorInfo tensor = entry.getValue();
      long end = Math.addExact(at, tensor.expectedBytes());
      require(
          tensor.begin() == at && tensor.end() == end && end <= dataBytes,
          "tensor %s: data_offsets: [%d, %d] (expected: [%d, %d] of %d bytes)",
          entry.getKey(),
          tensor.begin(),
          tensor.end(),
          at,
          end,
          dataBytes);
      at = end;
    }
    require(at == dataBytes, "%d bytes of data (expected: %d)", dataBytes, at);
  }

  @FormatMethod
  private static void require(boolean holds, @FormatString String problem, Object... values) {
    if (!holds) {
      throw new IllegalArgumentException(problem.formatted(values));
    }
  }
}
