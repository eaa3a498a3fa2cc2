// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.tokenizer;

import io.gcpo.advantage.server.embedding.SpecialTokens;
import io.gcpo.advantage.server.embedding.TokenIds;

/** Turns text into token ids. Thread-safe. */
public interface Tokenizer extends AutoCloseable {
  /** All tokens of {@code text}, none cut off, without the special tokens around them. */
  TokenIds encode(String text);

  /** What the model wants around them. */
  SpecialTokens specialTokens();

  /** Gives its memory back; not to be called while a text is encoded. */
  @Override
  void close();
}
