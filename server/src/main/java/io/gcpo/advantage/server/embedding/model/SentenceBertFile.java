// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.model;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.gcpo.advantage.server.embedding.InvalidModelException;
import java.nio.file.Path;

/** The window in {@code sentence_bert_config.json}. */
final class SentenceBertFile {
  private static final String KEY = "max_seq_length";

  private SentenceBertFile() {}

  /** Tokens of one window, special tokens included; throws {@link InvalidModelException}. */
  static int maxInputTokens(Path file) {
    JsonElement value = JsonFile.read(file, JsonObject.class).get(KEY);
    try {
      if (value != null && value.getAsBigDecimal().intValueExact() >= 1) {
        return value.getAsInt();
      }
    } catch (ArithmeticException | IllegalStateException | UnsupportedOperationException e) {
      throw new InvalidModelException(file, problem(value), e);
    } catch (NumberFormatException e) {
      throw new InvalidModelException(file, problem(value), e);
    }
    throw new InvalidModelException(file, problem(value));
  }

  private static String problem(Object value) {
    return "%s: %s (expected: a whole number >= 1)".formatted(KEY, value);
  }
}
