// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.determinism;

import io.gcpo.advantage.server.embedding.SpecialTokens;
import io.gcpo.advantage.server.embedding.TokenIds;
import io.gcpo.advantage.server.embedding.tokenizer.Tokenizer;

/** A token a character, for models of 32 tokens. */
final class LetterTokenizer implements Tokenizer {
  private static final int FIRST = 2;
  private static final int LETTERS = 29;

  @Override
  public TokenIds encode(String text) {
    return TokenIds.copyOf(text.chars().mapToLong(c -> FIRST + c % LETTERS).toArray());
  }

  @Override
  public SpecialTokens specialTokens() {
    return new SpecialTokens(TokenIds.copyOf(1), TokenIds.copyOf(31));
  }

  @Override
  public void close() {}
}
