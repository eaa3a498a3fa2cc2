// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.model;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.gcpo.advantage.server.embedding.InvalidModelException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Optional;

/**
 * An object in a JSON file of a model, whose getters throw {@link InvalidModelException} that names
 * file and key. A null counts as missing.
 *
 * @param file for messages
 * @param object its content
 */
public record ModelJson(Path file, JsonObject object) {

  /** The object that {@code file} holds. */
  public static ModelJson read(Path file) {
    return new ModelJson(file, JsonFile.read(file, JsonObject.class));
  }

  /** True if {@code key} has a value. */
  public boolean has(String key) {
    JsonElement value = object.get(key);
    return value != null && !value.isJsonNull();
  }

  /** A whole number of 32 bits that is at least 1. */
  int positive(String key) {
    return whole(key, 1, Integer.MAX_VALUE);
  }

  /** A whole number of 32 bits that is at least 0. */
  int whole(String key) {
    return whole(key, 0, Integer.MAX_VALUE);
  }

  /** A whole number in [{@code min}, {@code max}]. */
  public int whole(String key, int min, int max) {
    String expected = max == Integer.MAX_VALUE ? "a whole number >= " + min : min + " to " + max;
    JsonElement value = object.get(key);
    try {
      if (value != null) {
        int number = value.getAsBigDecimal().intValueExact();
        if (number >= min && number <= max) {
          return number;
        }
      }
    } catch (ArithmeticException
        | IllegalArgumentException
        | IllegalStateException
        | UnsupportedOperationException e) {
      throw new InvalidModelException(file, problem(key, expected), e);
    }
    throw invalid(key, expected);
  }

  /** A number in (0, 1). */
  public double fraction(String key) {
    if (object.get(key) instanceof JsonPrimitive value && value.isNumber()) {
      double number = value.getAsDouble();
      if (number > 0 && number < 1) {
        return number;
      }
    }
    throw invalid(key, "in (0, 1)");
  }

  /** A text among {@code allowed}. */
  public String oneOf(String key, Collection<String> allowed) {
    return text(key).filter(allowed::contains).orElseThrow(() -> invalid(key, "among " + allowed));
  }

  /** True or false; {@code def} if missing. */
  public boolean flag(String key, boolean def) {
    if (!has(key)) {
      return def;
    }
    if (object.get(key) instanceof JsonPrimitive value && value.isBoolean()) {
      return value.getAsBoolean();
    }
    throw invalid(key, "true or false");
  }

  /** A text, if there is one. */
  Optional<String> text(String key) {
    if (!has(key)) {
      return Optional.empty();
    }
    if (object.get(key) instanceof JsonPrimitive value && value.isString()) {
      return Optional.of(value.getAsString());
    }
    throw invalid(key, "a text");
  }

  /** What is wrong with the value of {@code key}. */
  String problem(String key, String expected) {
    return "%s: %s (expected: %s)".formatted(key, object.get(key), expected);
  }

  /** The value of {@code key} is not what is expected. */
  public InvalidModelException invalid(String key, String expected) {
    return new InvalidModelException(file, problem(key, expected));
  }
}
