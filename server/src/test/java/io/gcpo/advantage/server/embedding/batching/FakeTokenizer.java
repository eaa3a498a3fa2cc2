// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.batching;

import io.gcpo.advantage.server.embedding.SpecialTokens;
import io.gcpo.advantage.server.embedding.TokenIds;
import io.gcpo.advantage.server.embedding.tokenizer.Tokenizer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** One token a character; fails on the text {@code "broken"}. */
final class FakeTokenizer implements Tokenizer {
  final AtomicLong characters = new AtomicLong();
  final AtomicBoolean closed = new AtomicBoolean();

  @Override
  public TokenIds encode(String text) {
    if (text.equals("broken")) {
      throw new IllegalStateException("broken");
    }
    characters.addAndGet(text.length());
    return TokenIds.copyOf(text.chars().asLongStream().toArray());
  }

  @Override
  public SpecialTokens specialTokens() {
    return new SpecialTokens(TokenIds.copyOf(1), TokenIds.copyOf(2));
  }

  @Override
  public void close() {
    closed.set(true);
  }
}
