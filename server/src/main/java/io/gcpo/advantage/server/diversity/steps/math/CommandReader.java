// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.steps.math;

/** Reads what a backslash begins: LaTeX's commands and escaped marks. One thread's. */
final class CommandReader {
  private final Cursor cursor;
  private final Tokens tokens;
  private final Groups groups;

  CommandReader(Cursor cursor, Tokens tokens, Groups groups) {
    this.cursor = cursor;
    this.tokens = tokens;
    this.groups = groups;
  }

  /** The command here. */
  void read() {
    int start = cursor.position() + 1;
    int end = start;
    while (isLetter(cursor.at(end))) {
      end++;
    }
    if (end == start) {
      escape(start);
      return;
    }
    cursor.moveTo(end);
    switch (Latex.of(cursor.text(), start, end)) {
      case TIMES -> tokens.add(Symbol.TIMES);
      case DIVIDE -> tokens.add(Symbol.DIVIDE);
      case EQUALS -> tokens.addEquality(Symbol.EQUALS);
      case FRACTION -> fraction(end);
      case ROOT -> groups.expectRoot();
      case TEXT -> groups.expectText();
      case BREAK -> tokens.add(Symbol.BREAK);
      case OTHER -> tokens.add(Symbol.WORD);
      case NOTHING -> {
        // Nothing to keep.
      }
    }
  }

  /** With groups in braces, or two digits: \\frac12. */
  private void fraction(int end) {
    groups.expectFraction();
    if (Character.isDigit(cursor.at(end)) && Character.isDigit(cursor.at(end + 1))) {
      groups.fraction(Character.digit(cursor.at(end), 10), Character.digit(cursor.at(end + 1), 10));
      cursor.moveTo(end + 2);
    }
  }

  /** A backslash before a mark: a percent sign, a line break; or spacing, a dollar, a delimiter. */
  private void escape(int index) {
    char c = cursor.at(index);
    if (c == '%' && tokens.last() == Symbol.NUMBER) {
      tokens.makePercentage();
    } else if (c == '\\') {
      tokens.add(Symbol.BREAK);
    }
    cursor.moveTo(index + 1);
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
