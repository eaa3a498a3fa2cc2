// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.tokenizer;

import io.gcpo.advantage.server.embedding.SpecialTokens;
import io.gcpo.advantage.server.embedding.TokenIds;

/**
 * What happens to a text before it is cut into tokens.
 *
 * @param prompt stands before each text; empty for none
 * @param lowerCase whether prompt and text are put in lower case, each code point for itself
 */
public record TextPreparation(String prompt, boolean lowerCase) {
  /** The text as it is. */
  public static final TextPreparation NONE = new TextPreparation("", false);

  private static final int CAPITAL_I_WITH_DOT = 0x130;

  /** {@code tokenizer}, which it takes over, for texts that are prepared first. */
  public Tokenizer around(Tokenizer tokenizer) {
    return equals(NONE) ? tokenizer : new Preparing(this, tokenizer);
  }

  private String prepare(String text) {
    TextBound.check(prompt, text);
    String prompted = prompt + text;
    if (!lowerCase) {
      return prompted;
    }
    StringBuilder lower = new StringBuilder(prompted.length());
    prompted.codePoints().forEach(codePoint -> appendLower(lower, codePoint));
    return lower.toString();
  }

  /** The one code point that has two in lower case is what Java's mapping leaves out. */
  private static void appendLower(StringBuilder lower, int codePoint) {
    if (codePoint == CAPITAL_I_WITH_DOT) {
      lower.append("i\u0307");
    } else {
      lower.appendCodePoint(Character.toLowerCase(codePoint));
    }
  }

  private record Preparing(TextPreparation preparation, Tokenizer tokenizer) implements Tokenizer {
    @Override
    public TokenIds encode(String text) {
      return tokenizer.encode(preparation.prepare(text));
    }

    @Override
    public SpecialTokens specialTokens() {
      return tokenizer.specialTokens();
    }

    @Override
    public void close() {
      tokenizer.close();
    }
  }
}
