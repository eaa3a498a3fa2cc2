// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.model;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.gcpo.advantage.server.embedding.InvalidModelException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * An object in a JSON file of a model, whose getters throw {@link InvalidModelException} that names
 * file and key. A null counts as missing.
 *
 * @param file for messages
 * @param object its content
 */
record ModelJson(Path file, JsonObject object) {

  /** The object that {@code file} holds. */
  static ModelJson read(Path file) {
    return new ModelJson(file, JsonFile.read(file, JsonObject.class));
  }

  /** True if {@code key} has a value. */
  boolean has(String key) {
    JsonElement value = object.get(key);
    return value != null && !value.isJsonNull();
  }

  /** A whole number of 32 bits that is at least 1. */
  int positive(String key) {
    return atLeast(key, 1);
  }

  /** A whole number of 32 bits that is at least 0. */
  int whole(String key) {
    return atLeast(key, 0);
  }

  /** True or false; {@code def} if missing. */
  boolean flag(String key, boolean def) {
    if (!has(key)) {
      return def;
    }
    if (object.get(key) instanceof JsonPrimitive value && value.isBoolean()) {
      return value.getAsBoolean();
    }
    throw new InvalidModelException(file, problem(key, "true or false"));
  }

  /** A text, if there is one. */
  Optional<String> text(String key) {
    if (!has(key)) {
      return Optional.empty();
    }
    if (object.get(key) instanceof JsonPrimitive value && value.isString()) {
      return Optional.of(value.getAsString());
    }
    throw new InvalidModelException(file, problem(key, "a text"));
  }

  /** What is wrong with the value of {@code key}. */
  String problem(String key, String expected) {
    return "%s: %s (expected: %s)".formatted(key, object.get(key), expected);
  }

  private int atLeast(String key, int min) {
    JsonElement value = object.get(key);
    try {
      if (value != null && value.getAsBigDecimal().intValueExact() >= min) {
        return value.getAsInt();
      }
    } catch (ArithmeticException
        | IllegalArgumentException
        | IllegalStateException
        | UnsupportedOperationException e) {
      throw new InvalidModelException(file, problem(key, "a whole number >= " + min), e);
    }
    throw new InvalidModelException(file, problem(key, "a whole number >= " + min));
  }
}
