// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.tokenizer;

/** How long a text may be that a tokenizer takes. */
final class TextBound {
  /** Of UTF-8, prompt included: far above what a request may hold, below what fills the memory. */
  static final long MAX_BYTES = 1 << 24;

  private TextBound() {}

  /** Throws IllegalArgumentException if {@code prompt} and {@code text} are too long together. */
  static void check(String prompt, String text) {
    long bytes = bytes(prompt) + bytes(text);
    if (bytes > MAX_BYTES) {
      throw new IllegalArgumentException(
          "text: %d bytes with its prompt (expected: <= %d)".formatted(bytes, MAX_BYTES));
    }
  }

  /** A surrogate that stands alone counts as the three bytes of U+FFFD. */
  private static long bytes(String text) {
    long bytes = 0;
    int at = 0;
    while (at < text.length()) {
      int codePoint = text.codePointAt(at);
      at += Character.charCount(codePoint);
      bytes += codePoint < 0x80 ? 1 : codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
    }
    return bytes;
  }
}
