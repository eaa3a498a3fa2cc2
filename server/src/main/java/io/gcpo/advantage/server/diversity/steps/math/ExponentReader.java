// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.steps.math;

/**
 * Reads exponents: behind a caret, or raised. Those of a unit, as in cm^2, are part of it, and so
 * are subscripts.
 */
final class ExponentReader {
  private static final String RAISED =
      "\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079";
  private static final char RAISED_MINUS = '\u207b';
  private static final String DEGREES = "\\circ";

  /** The longest exponent of a unit, or subscript; a brace that does not close before is none. */
  private static final int MAX_UNIT = 8;

  private final Cursor cursor;
  private final Tokens tokens;

  ExponentReader(Cursor cursor, Tokens tokens) {
    this.cursor = cursor;
    this.tokens = tokens;
  }

  /** Whether a character is a raised digit or minus sign. */
  static boolean isRaised(char c) {
    return c == RAISED_MINUS || RAISED.indexOf(c) >= 0;
  }

  /** A caret, which the cursor is behind. */
  void caret() {
    int start = cursor.position();
    if (cursor.text().startsWith(DEGREES, start)) {
      cursor.moveTo(start + DEGREES.length());
    } else if (tokens.last() == Symbol.WORD) {
      cursor.moveTo(endOfUnit(start));
    } else {
      tokens.add(Symbol.POWER);
    }
  }

  /** A subscript, of which the cursor is behind the mark: part of a name. */
  void subscript() {
    tokens.add(Symbol.WORD);
    cursor.moveTo(endOfUnit(cursor.position()));
  }

  /** Raised characters from {@code start} on. */
  void raised(int start) {
    boolean negative = cursor.at(start) == RAISED_MINUS;
    int end = start + (negative ? 1 : 0);
    double exponent = 0;
    while (RAISED.indexOf(cursor.at(end)) >= 0) {
      exponent = 10 * exponent + RAISED.indexOf(cursor.at(end++));
    }
    cursor.moveTo(end);
    if (tokens.last().isOperand() || tokens.last() == Symbol.CLOSE) {
      tokens.add(Symbol.POWER);
      tokens.add(Symbol.NUMBER, negative ? -exponent : exponent);
    }
  }

  private int endOfUnit(int start) {
    boolean braced = cursor.at(start) == '{';
    int end = start + (braced || cursor.at(start) == '-' ? 1 : 0);
    while (end < start + MAX_UNIT && (Character.isDigit(cursor.at(end)) || cursor.at(end) == '-')) {
      end++;
    }
    return braced && cursor.at(end) == '}' ? end + 1 : end;
  }
}
