// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.model;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import io.gcpo.advantage.server.embedding.InvalidModelException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.Set;

/*
 * RoBERTa numbers positions from the padding token's id + 1, so that its table of 514 rows serves
 * 512 tokens.
 */
/** How many tokens go into one window, special tokens included. */
final class MaxInputTokens {
  private static final Set<String> OFFSET_POSITIONS =
      Set.of("roberta", "xlm-roberta", "xlm-roberta-xl", "camembert", "mpnet", "longformer");

  /** Libraries write 10^30 where a tokenizer has no limit. */
  private static final BigDecimal NO_LIMIT = BigDecimal.valueOf(Integer.MAX_VALUE);

  private MaxInputTokens() {}

  /**
   * {@code max_seq_length}, or else the lesser of {@code model_max_length} of the tokenizer and the
   * model's positions. Throws {@link InvalidModelException} if there is none of them.
   */
  static int read(Path directory, SentenceBertFile settings) {
    if (settings.json().has(SentenceBertFile.WINDOW)) {
      return settings.json().positive(SentenceBertFile.WINDOW);
    }
    OptionalInt tokenizer = tokenizerLimit(directory.resolve("tokenizer_config.json"));
    OptionalInt positions = positions(directory.resolve("config.json"));
    int window = Math.min(tokenizer.orElse(Integer.MAX_VALUE), positions.orElse(Integer.MAX_VALUE));
    if (window == Integer.MAX_VALUE) {
      throw new InvalidModelException(
          settings.json().file(),
          "max_seq_length: missing (expected: here, or model_max_length in tokenizer_config.json, or"
              + " max_position_embeddings in config.json)");
    }
    return window;
  }

  private static OptionalInt tokenizerLimit(Path file) {
    String key = "model_max_length";
    if (!Files.exists(file)) {
      return OptionalInt.empty();
    }
    ModelJson json = ModelJson.read(file);
    if (!json.has(key) || isNoLimit(json.object().get(key))) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(json.positive(key));
  }

  private static boolean isNoLimit(JsonElement value) {
    return value instanceof JsonPrimitive number
        && number.isNumber()
        && number.getAsBigDecimal().compareTo(NO_LIMIT) >= 0;
  }

  private static OptionalInt positions(Path file) {
    String key = "max_position_embeddings";
    if (!Files.exists(file)) {
      return OptionalInt.empty();
    }
    ModelJson json = ModelJson.read(file);
    if (!json.has(key)) {
      return OptionalInt.empty();
    }
    int rows = json.positive(key);
    if (!OFFSET_POSITIONS.contains(json.text("model_type").orElse(""))) {
      return OptionalInt.of(rows);
    }
    int offset = (json.has("pad_token_id") ? json.whole("pad_token_id") : 1) + 1;
    if (rows <= offset) {
      throw json.invalid(key, "> " + offset);
    }
    return OptionalInt.of(rows - offset);
  }
}
