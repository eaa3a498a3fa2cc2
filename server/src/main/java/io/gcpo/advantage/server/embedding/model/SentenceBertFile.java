// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.model;

import io.gcpo.advantage.server.embedding.InvalidModelException;
import java.nio.file.Path;

/** The window in {@code sentence_bert_config.json}. */
final class SentenceBertFile {
  private SentenceBertFile() {}

  /** Tokens of one window, special tokens included; throws {@link InvalidModelException}. */
  static int maxInputTokens(Path file) {
    return ModelJson.read(file).positive("max_seq_length");
  }
}
