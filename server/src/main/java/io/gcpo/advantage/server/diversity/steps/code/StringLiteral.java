// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.steps.code;

import io.gcpo.advantage.server.diversity.steps.code.Token.Kind;
import java.util.Locale;

/**
 * A string in a text, read piece by piece: up to its end, or up to a hole with code in it. Equal
 * contents have equal values, whatever the quotes and the escapes. Confined to one thread.
 */
final class StringLiteral {
  private static final long SEED = 0xCBF29CE484222325L;
  private static final long PRIME = 0x100000001B3L;
  private static final String ESCAPED = "ntrbf0\\'\"`";
  private static final String UNESCAPED = "\n\t\r\b\f\0\\'\"`";

  private final String text;
  private final char quote;
  private final int quotes;
  private final boolean raw;
  private final boolean bytes;
  private final boolean holes;
  private final boolean format;
  private int position;
  private long state;
  private boolean piece;
  private int depth;

  private StringLiteral(String text, int start, String prefix) {
    this.text = text;
    quote = text.charAt(start);
    boolean triple = quote != '`' && text.startsWith(String.valueOf(quote).repeat(3), start);
    quotes = triple ? 3 : 1;
    raw = prefix.contains("r");
    bytes = prefix.contains("b");
    holes = quote == '`' || prefix.contains("f");
    format = false;
    position = start + quotes;
    begin();
    piece = true; // an empty string is a string
  }

  private StringLiteral(StringLiteral outer, int start) {
    text = outer.text;
    quote = outer.quote;
    quotes = outer.quotes;
    raw = outer.raw;
    bytes = outer.bytes;
    holes = true;
    format = true;
    position = start;
    begin();
  }

  /** The string whose first quote is at a position, with the letters before it. */
  static StringLiteral at(int start, String text, String prefix) {
    return new StringLiteral(text, start, prefix.toLowerCase(Locale.ROOT));
  }

  /** The format behind an expression in a hole of this string, up to the end of the hole. */
  StringLiteral format(int start) {
    return new StringLiteral(this, start);
  }

  /** Whether a word before a quote is part of the string. */
  static boolean isPrefix(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "r", "b", "u", "f", "rb", "br", "rf", "fr" -> true;
      default -> false;
    };
  }

  /** Starts a piece. */
  private void begin() {
    state = bytes ? ~SEED : SEED;
    piece = false;
  }

  /** Goes on behind a hole. */
  void resume(int start) {
    position = start;
    begin();
  }

  /** Joins the next piece to a string before it. */
  void join(Token before) {
    state = before.value();
    piece = true;
  }

  /**
   * Reads a piece.
   *
   * @return the length of what opens the hole at {@link #position}; 0 at the end of the string, or
   *     of the format or line that it is cut off by
   */
  int read() {
    while (position < text.length()) {
      char c = text.charAt(position);
      if (format && (c == '}' || c == quote)) {
        return 0;
      }
      if (c == quote && closes()) {
        position += quotes;
        return 0;
      }
      if ((c == '\n' || c == '\r') && !isMultiline()) {
        return 0;
      }
      int hole = holeLength(c);
      if (hole > 0) {
        piece = piece && state != (bytes ? ~SEED : SEED);
        return hole;
      }
      readCharacter(c);
    }
    return 0;
  }

  private boolean closes() {
    for (int i = 1; i < quotes; i++) {
      if (position + i >= text.length() || text.charAt(position + i) != quote) {
        return false;
      }
    }
    return true;
  }

  private int holeLength(char c) {
    boolean template = quote == '`';
    if (!holes || c != (template ? '$' : '{')) {
      return 0;
    }
    boolean doubled = position + 1 < text.length() && text.charAt(position + 1) == '{';
    if (template) {
      return doubled ? 2 : 0;
    }
    return doubled && !format ? 0 : 1;
  }

  private void readCharacter(char c) {
    boolean last = position + 1 >= text.length();
    if (c == '\\' && !last) {
      readEscape(text.charAt(position + 1));
      return;
    }
    append(c);
    boolean doubled = holes && quote != '`' && (c == '{' || c == '}') && !last;
    position += doubled && text.charAt(position + 1) == c ? 2 : 1;
  }

  private void readEscape(char escaped) {
    int known = ESCAPED.indexOf(escaped);
    int digits = escaped == 'x' ? 2 : escaped == 'u' ? 4 : escaped == 'U' ? 8 : 0;
    int code = raw || digits == 0 ? -1 : hexadecimal(position + 2, digits);
    if (code >= 0) {
      append(code);
      position += 2 + digits;
    } else if (!raw && known >= 0) {
      append(UNESCAPED.charAt(known));
      position += 2;
    } else if (!raw && escaped == '\n') {
      position += 2;
    } else if (escaped == '\n' && !isMultiline()) {
      append('\\');
      position++;
    } else {
      append('\\');
      append(escaped);
      position += 2;
    }
  }

  /** The value of so many hexadecimal digits, -1 if there are not so many. */
  private int hexadecimal(int start, int digits) {
    if (start + digits > text.length()) {
      return -1;
    }
    int value = 0;
    for (int i = start; i < start + digits; i++) {
      int digit = Character.digit(text.charAt(i), 16);
      if (digit < 0) {
        return -1;
      }
      value = 16 * value + digit;
    }
    return value;
  }

  private void append(int c) {
    if (Character.isSupplementaryCodePoint(c)) {
      append(Character.highSurrogate(c));
      append(Character.lowSurrogate(c));
      return;
    }
    state = (state ^ c) * PRIME;
    piece = true;
  }

  /** Whether the piece that was read is to be kept: one next to a hole only if it is not empty. */
  boolean isPiece() {
    return piece;
  }

  Token piece() {
    return new Token(Kind.STRING, "", state);
  }

  int position() {
    return position;
  }

  /** How many brackets were open before the hole. */
  int depth() {
    return depth;
  }

  void openAt(int brackets) {
    depth = brackets;
  }

  boolean isMultiline() {
    return quotes == 3 || quote == '`';
  }

  /** Whether an expression in a hole can have a format. */
  boolean hasFormats() {
    return holes && quote != '`';
  }
}
