// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.nd4j;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.gcpo.advantage.server.embedding.InvalidModelException;
import io.gcpo.advantage.server.embedding.model.JsonFile;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/**
 * A Hugging Face {@code config.json}. What is missing or outside of its range is an {@link
 * InvalidModelException} that names file and key; a null counts as missing.
 */
final class ConfigJson {
  private static final int MAX_SIZE = 1 << 24;

  private final Path file;
  private final JsonObject json;

  private ConfigJson(Path file, JsonObject json) {
    this.file = file;
    this.json = json;
  }

  static ConfigJson read(Path file) {
    return new ConfigJson(file, JsonFile.read(file, JsonObject.class));
  }

  /** A text among {@code allowed}. */
  String text(String key, Collection<String> allowed) {
    if (json.get(key) instanceof JsonPrimitive text && allowed.contains(text.getAsString())) {
      return text.getAsString();
    }
    throw invalid(key, "among " + allowed);
  }

  /** If there is a value, it is this one. */
  void requireIfPresent(String key, String only) {
    if (has(key)) {
      text(key, List.of(only));
    }
  }

  /** 1 to 2^24. */
  int size(String key) {
    return whole(key, 1);
  }

  /** As {@link #size}, or {@code def} if missing. */
  int size(String key, int def) {
    return has(key) ? size(key) : def;
  }

  /** 0 to 2^24, or {@code def} if missing. */
  int id(String key, int def) {
    return has(key) ? whole(key, 0) : def;
  }

  /** In (0, 1). */
  double fraction(String key) {
    double value = number(key);
    if (!(value > 0 && value < 1)) {
      throw invalid(key, "in (0, 1)");
    }
    return value;
  }

  InvalidModelException invalid(String key, String expected) {
    return new InvalidModelException(
        file, "%s: %s (expected: %s)".formatted(key, json.get(key), expected));
  }

  private boolean has(String key) {
    JsonElement value = json.get(key);
    return value != null && !value.isJsonNull();
  }

  private int whole(String key, int min) {
    double value = number(key);
    if (!(value >= min && value <= MAX_SIZE && value == Math.rint(value))) {
      throw invalid(key, min + " to " + MAX_SIZE);
    }
    return (int) value;
  }

  private double number(String key) {
    try {
      if (json.get(key) instanceof JsonPrimitive value) {
        return value.getAsDouble();
      }
    } catch (NumberFormatException e) {
      throw (InvalidModelException) invalid(key, "a number").initCause(e);
    }
    throw invalid(key, "a number");
  }
}
