// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.nd4j;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.gcpo.advantage.server.embedding.InvalidModelException;
import io.gcpo.advantage.server.embedding.JsonFile;
import java.nio.file.Path;

/**
 * What a Hugging Face {@code config.json} of a BERT says.
 *
 * @param vocabulary {@code vocab_size}: ids are in [0, vocabulary)
 * @param positions {@code max_position_embeddings}
 * @param dimension {@code hidden_size}, d
 * @param heads {@code num_attention_heads}, which divides d
 * @param layers {@code num_hidden_layers}
 * @param inner {@code intermediate_size}, width of the feed-forward network
 * @param epsilon {@code layer_norm_eps}
 */
record BertSizes(
    int vocabulary,
    int positions,
    int dimension,
    int heads,
    int layers,
    int inner,
    double epsilon) {
  private static final int MAX = 1 << 24;

  /** Throws {@link InvalidModelException}, also for what is not a BERT with the exact GELU. */
  static BertSizes read(Path file) {
    JsonObject json = JsonFile.read(file, JsonObject.class);
    requireText(file, json, "model_type", "bert");
    requireText(file, json, "hidden_act", "gelu");
    if (json.has("position_embedding_type")) {
      requireText(file, json, "position_embedding_type", "absolute");
    }
    int dimension = size(file, json, "hidden_size");
    int heads = size(file, json, "num_attention_heads");
    if (dimension % heads != 0) {
      throw new InvalidModelException(
          file, "num_attention_heads: %d (expected: divides %d)".formatted(heads, dimension));
    }
    return new BertSizes(
        size(file, json, "vocab_size"),
        size(file, json, "max_position_embeddings"),
        dimension,
        heads,
        size(file, json, "num_hidden_layers"),
        size(file, json, "intermediate_size"),
        epsilon(file, json));
  }

  /** d of one head. */
  int headDimension() {
    return dimension / heads;
  }

  private static void requireText(Path file, JsonObject json, String key, String expected) {
    JsonElement value = json.get(key);
    if (value == null || !value.isJsonPrimitive() || !value.getAsString().equals(expected)) {
      throw new InvalidModelException(
          file, "%s: %s (expected: \"%s\" for the ND4J engine)".formatted(key, value, expected));
    }
  }

  private static int size(Path file, JsonObject json, String key) {
    double value = number(file, json, key);
    if (!(value >= 1 && value <= MAX && value == Math.rint(value))) {
      throw new InvalidModelException(
          file, "%s: %s (expected: 1 to %d)".formatted(key, value, MAX));
    }
    return (int) value;
  }

  private static double epsilon(Path file, JsonObject json) {
    double value = number(file, json, "layer_norm_eps");
    if (!(value > 0 && value < 1)) {
      throw new InvalidModelException(
          file, "layer_norm_eps: %s (expected: in (0, 1))".formatted(value));
    }
    return value;
  }

  private static double number(Path file, JsonObject json, String key) {
    JsonElement value = json.get(key);
    try {
      if (value != null && value.isJsonPrimitive()) {
        return value.getAsDouble();
      }
    } catch (NumberFormatException e) {
      throw new InvalidModelException(file, key + ": " + value + " (expected: a number)", e);
    }
    throw new InvalidModelException(file, key + ": " + value + " (expected: a number)");
  }
}
