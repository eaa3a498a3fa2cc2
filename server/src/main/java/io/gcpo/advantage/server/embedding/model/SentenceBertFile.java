// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.model;

import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;

/** {@code sentence_bert_config.json}: the window, and whether texts are put in lower case. */
record SentenceBertFile(ModelJson json) {
  static final String WINDOW = "max_seq_length";

  /** Says nothing if there is no such file. */
  static SentenceBertFile read(Path directory) {
    Path file = directory.resolve("sentence_bert_config.json");
    return new SentenceBertFile(
        Files.exists(file) ? ModelJson.read(file) : new ModelJson(file, new JsonObject()));
  }

  boolean lowerCase() {
    return json.flag("do_lower_case", false);
  }
}
