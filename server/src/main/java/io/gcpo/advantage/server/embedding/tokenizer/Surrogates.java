// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.tokenizer;

/** Java strings that are not Unicode. */
public final class Surrogates {
  private static final char REPLACEMENT = '\uFFFD';

  private Surrogates() {}

  /** {@code text} with U+FFFD for each surrogate that stands alone; usually {@code text} itself. */
  public static String replaceLone(String text) {
    int first = indexOfLone(text, 0);
    if (first < 0) {
      return text;
    }
    StringBuilder result = new StringBuilder(text);
    for (int at = first; at >= 0; at = indexOfLone(text, at + 1)) {
      result.setCharAt(at, REPLACEMENT);
    }
    return result.toString();
  }

  private static int indexOfLone(String text, int from) {
    int at = from;
    while (at < text.length()) {
      int codePoint = text.codePointAt(at);
      if (Character.getType(codePoint) == Character.SURROGATE) {
        return at;
      }
      at += Character.charCount(codePoint);
    }
    return -1;
  }
}
