// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.model;

import com.google.common.collect.ImmutableMap;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.gcpo.advantage.server.embedding.Embedding;
import io.gcpo.advantage.server.embedding.InvalidModelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Texts whose embeddings are known from another implementation.
 *
 * @param byText of Euclidean length 1
 */
public record RecordedEmbeddings(Map<String, Embedding> byText) {
  /** Nothing is known. */
  public static final RecordedEmbeddings NONE = new RecordedEmbeddings(Map.of());

  public RecordedEmbeddings {
    byText = ImmutableMap.copyOf(byText);
  }

  /**
   * Reads {@code self_test.json} of {@code model}: {@code {"fingerprint": hex, "embeddings": {text:
   * [value, ...]}}}. Empty if there is no such file, or if it was recorded for another fingerprint,
   * that is, for other weights or settings. Throws {@link InvalidModelException}.
   */
  public static RecordedEmbeddings read(ModelDirectory model) {
    Path file = model.selfTestFile();
    if (!Files.exists(file)) {
      return NONE;
    }
    JsonObject json = JsonFile.read(file, JsonObject.class);
    try {
      if (!json.get("fingerprint").getAsString().equals(model.fingerprint())) {
        return NONE;
      }
      ImmutableMap.Builder<String, Embedding> byText = ImmutableMap.builder();
      json.getAsJsonObject("embeddings")
          .asMap()
          .forEach((text, values) -> byText.put(text, embedding(values)));
      return new RecordedEmbeddings(byText.buildOrThrow());
    } catch (RuntimeException e) {
      throw new InvalidModelException(file, "not a record of embeddings", e);
    }
  }

  private static Embedding embedding(JsonElement json) {
    float[] values = new float[json.getAsJsonArray().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = json.getAsJsonArray().get(i).getAsFloat();
    }
    return Embedding.copyOf(values);
  }
}
