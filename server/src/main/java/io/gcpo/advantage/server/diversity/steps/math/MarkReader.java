// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.steps.math;

/** Reads what is neither number nor letter: operators, brackets, punctuation. One thread's. */
final class MarkReader {
  private static final int MAX_RADICAND = 32;

  private final Cursor cursor;
  private final Tokens tokens;
  private final Groups groups;
  private final ExponentReader exponents;

  MarkReader(Cursor cursor, Tokens tokens, Groups groups) {
    this.cursor = cursor;
    this.tokens = tokens;
    this.groups = groups;
    this.exponents = new ExponentReader(cursor, tokens);
  }

  /** The mark here, of one character or two. */
  void read() {
    int start = cursor.position();
    cursor.moveTo(start + 1);
    switch (cursor.at(start)) {
      case '+' -> tokens.add(Symbol.PLUS);
      case '-', '\u2013' -> minus(start);
      case '\u2212' -> tokens.add(Symbol.MINUS);
      case '*' -> star(start);
      case '\u00d7', '\u00b7', '\u22c5', '\u2217', '\u2219', '\u2715' -> tokens.add(Symbol.TIMES);
      case '/' -> slash(start);
      case '\u00f7', '\u2215', '\u2044' -> tokens.add(Symbol.DIVIDE);
      case '^' -> exponents.caret();
      case '_' -> exponents.subscript();
      case '\u221a', '\u221b' -> root();
      case '=' -> equalsSign(start);
      case '\u2248', '\u2243', '\u2245', '\u2261' -> tokens.addEquality(Symbol.EQUALS);
      case '\u2192', '\u21d2', '\u27f9' -> tokens.addEquality(Symbol.COPULA);
      case '(', '[' -> open(start);
      case ')', ']' -> tokens.add(Symbol.CLOSE);
      case '{' -> groups.open();
      case '}' -> groups.close();
      case '%' -> percent();
      case '\u00bd' -> fraction(start, 0.5);
      case '\u00bc' -> fraction(start, 0.25);
      case '\u00be' -> fraction(start, 0.75);
      case '\u2153' -> fraction(start, 1.0 / 3);
      case '\u2154' -> fraction(start, 2.0 / 3);
      case '.', ':' -> stop(start);
      case '\n', '\r', ';', '?', '!', '|', '<', '>', '\u2260', '\u2264', '\u2265' ->
          tokens.add(Symbol.BREAK);
      case ' ', '\t', '\u00a0', '$', '\u20ac', '\u00a3', '\u00a5', '&', '\u00b0' -> {
        // Spaces, currencies, LaTeX's columns and degrees: nothing to keep.
      }
      default -> other(start);
    }
  }

  /** A hyphen in a compound and a bullet are no operators; an arrow is an equality. */
  private void minus(int index) {
    char before = cursor.before(index);
    char after = cursor.at(index + 1);
    boolean compound = Character.isLetter(after) && Character.isLetterOrDigit(before);
    boolean bullet = tokens.last() == Symbol.BREAK && after == ' ';
    if (after == '>') {
      tokens.addEquality(Symbol.COPULA);
      cursor.moveTo(index + 2);
    } else {
      tokens.add(compound || bullet ? Symbol.WORD : Symbol.MINUS);
    }
  }

  /** A product, a power if doubled between operands; otherwise a bullet or an emphasis. */
  private void star(int index) {
    boolean doubled = cursor.at(index + 1) == '*';
    int end = index + (doubled ? 2 : 1);
    cursor.moveTo(end);
    boolean behindOperand = tokens.last().isOperand() || tokens.last() == Symbol.CLOSE;
    boolean beforeOperand =
        cursor.isOperandAfterSpaces(end) || Character.isLetter(cursor.afterSpaces(end));
    if (doubled && behindOperand && beforeOperand && cursor.at(end) != ' ') {
      tokens.add(Symbol.POWER);
    } else if (!doubled && beforeOperand && (behindOperand || tokens.last() == Symbol.WORD)) {
      tokens.add(Symbol.TIMES);
    }
  }

  /** A division, unless what follows is a unit: 60 dollars/hour. */
  private void slash(int index) {
    tokens.add(cursor.isOperandAfterSpaces(index + 1) ? Symbol.DIVIDE : Symbol.WORD);
  }

  private void equalsSign(int index) {
    if (cursor.at(index + 1) == '>') {
      tokens.addEquality(Symbol.COPULA);
      cursor.moveTo(index + 2);
    } else if ("<>!+-*/".indexOf(cursor.before(index)) >= 0) {
      tokens.add(Symbol.BREAK);
    } else {
      tokens.addEquality(Symbol.EQUALS);
    }
  }

  /** A bracket right behind an operand multiplies; right behind a name it holds arguments. */
  private void open(int index) {
    char before = cursor.before(index);
    boolean behindName = tokens.last() == Symbol.WORD || tokens.last() == Symbol.UNKNOWN;
    boolean behindOperand = tokens.last().isOperand() || tokens.last() == Symbol.CLOSE;
    if (behindName && Character.isLetterOrDigit(before)) {
      // f(3), log_2(8), n(n + 1): what they are worth is not known, so nothing reaches over them.
      tokens.add(Symbol.BREAK);
      return;
    }
    if (behindOperand && before != ' ') {
      tokens.add(Symbol.TIMES);
    }
    tokens.add(Symbol.OPEN);
  }

  /** A root and what is under it: nothing is read over it. */
  private void root() {
    int end = cursor.position();
    boolean bracket = cursor.at(end) == '(';
    int limit = end + MAX_RADICAND;
    while (end < limit && (bracket ? cursor.at(end) != ')' : isOfOperand(cursor.at(end)))) {
      end++;
    }
    cursor.moveTo(bracket ? end + 1 : end);
    tokens.add(Symbol.BREAK);
  }

  private static boolean isOfOperand(char c) {
    return Character.isLetterOrDigit(c) || c == '.';
  }

  private void percent() {
    if (tokens.last() == Symbol.NUMBER) {
      tokens.makePercentage();
    }
  }

  /** A vulgar fraction; with the number it stands at, a mixed number. */
  private void fraction(int index, double value) {
    if (tokens.last() == Symbol.NUMBER && Character.isDigit(cursor.before(index))) {
      double whole = tokens.value(tokens.size() - 1);
      tokens.truncate(tokens.size() - 1);
      tokens.add(Symbol.NUMBER, whole + value);
    } else {
      tokens.add(Symbol.SHARE, value);
    }
  }

  private void other(int index) {
    if (ExponentReader.isRaised(cursor.at(index))) {
      exponents.raised(index);
    } else {
      tokens.add(Symbol.WORD);
    }
  }

  /** A full stop or a colon ends a sentence where a space or nothing follows. */
  private void stop(int index) {
    char after = cursor.at(index + 1);
    boolean end = after == '\0' || Character.isWhitespace(after);
    tokens.add(end ? Symbol.BREAK : Symbol.WORD);
  }
}
