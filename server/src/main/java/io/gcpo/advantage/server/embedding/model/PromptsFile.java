// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.model;

import com.google.gson.JsonObject;
import io.gcpo.advantage.server.embedding.InvalidModelException;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code config_sentence_transformers.json}: {@code prompts} and {@code default_prompt_name}. */
final class PromptsFile {
  private static final String PROMPTS = "prompts";
  private static final String DEFAULT = "default_prompt_name";

  private PromptsFile() {}

  /**
   * What stands before each text: the prompt {@code name}, or the model's default one if that is
   * empty, or nothing. Throws {@link InvalidModelException} if the model has no such prompt.
   */
  static String prompt(Path directory, String name) {
    Path file = directory.resolve("config_sentence_transformers.json");
    if (!Files.exists(file)) {
      return prompt(new ModelJson(file, new JsonObject()), "embedding.prompt", name);
    }
    ModelJson json = ModelJson.read(file);
    return name.isEmpty()
        ? prompt(json, DEFAULT, json.text(DEFAULT).orElse(""))
        : prompt(json, "embedding.prompt", name);
  }

  private static String prompt(ModelJson json, String key, String name) {
    if (name.isEmpty()) {
      return "";
    }
    ModelJson prompts =
        new ModelJson(
            json.file(),
            json.object().get(PROMPTS) instanceof JsonObject object ? object : new JsonObject());
    return prompts
        .text(name)
        .orElseThrow(
            () ->
                new InvalidModelException(
                    json.file(),
                    "%s: %s (expected: among %s)".formatted(key, name, prompts.object().keySet())));
  }
}
