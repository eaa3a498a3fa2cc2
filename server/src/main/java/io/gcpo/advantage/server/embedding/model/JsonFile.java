// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.model;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import io.gcpo.advantage.server.embedding.InvalidModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the small JSON files of a model. */
final class JsonFile {
  /** Far above any settings file; keeps a mistaken path from filling the memory. */
  private static final long MAX_BYTES = 16L << 20;

  private JsonFile() {}

  /** The file's content as a {@code type}; throws {@link InvalidModelException}. */
  static <T> T read(Path file, Class<T> type) {
    try {
      if (!Files.isRegularFile(file)) {
        throw new InvalidModelException(file, "missing (expected: a JSON file)");
      }
      long size = Files.size(file);
      if (size > MAX_BYTES) {
        throw new InvalidModelException(
            file, "%d bytes (expected: <= %d)".formatted(size, MAX_BYTES));
      }
      T value = new Gson().fromJson(Files.readString(file), type);
      if (value == null) {
        throw new InvalidModelException(file, "empty (expected: a JSON object)");
      }
      return value;
    } catch (JsonParseException e) {
      throw new InvalidModelException(file, "not the JSON that is expected", e);
    } catch (IOException e) {
      throw new InvalidModelException(file, "cannot be read as UTF-8", e);
    }
  }
}
