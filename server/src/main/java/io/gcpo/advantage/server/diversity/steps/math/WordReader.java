// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.steps.math;

/** Reads words: those that calculate, letters that are unknowns, and any others. One thread's. */
final class WordReader {
  /** Letters that are unknowns right behind a number: 2x. Others are units: 5m. */
  private static final String COEFFICIENT_LETTERS = "xyzn";

  private final Cursor cursor;
  private final Tokens tokens;

  WordReader(Cursor cursor, Tokens tokens) {
    this.cursor = cursor;
    this.tokens = tokens;
  }

  /** The word here: letters, and digits behind them, which are part of a name. */
  void read() {
    int start = cursor.position();
    if (isTimes(start)) {
      tokens.add(Symbol.TIMES);
      cursor.moveTo(start + 1);
      return;
    }
    int end = start;
    while (isOfWord(cursor.at(end))) {
      end++;
    }
    cursor.moveTo(end);
    if (end - start == 1 && isUnknown(start)) {
      unknown(start);
    } else {
      word(start, end);
    }
  }

  private void word(int start, int end) {
    if (tokens.last() == Symbol.NUMBER && Words.isPercent(cursor.text(), start, end)) {
      tokens.makePercentage();
      return;
    }
    double share = Words.share(cursor.text(), start, end);
    if (share > 0) {
      tokens.add(Symbol.SHARE, share);
      return;
    }
    Symbol meaning = Words.meaning(cursor.text(), start, end);
    if (meaning == Symbol.EQUALS) {
      tokens.addEquality(Symbol.EQUALS);
    } else {
      tokens.add(meaning);
    }
  }

  private void unknown(int index) {
    if (Character.isDigit(cursor.before(index)) && tokens.last().isOperand()) {
      tokens.add(Symbol.TIMES);
    }
    tokens.add(Symbol.UNKNOWN, Character.toLowerCase(cursor.at(index)));
  }

  /** An x between two operands. */
  private boolean isTimes(int index) {
    if (Character.toLowerCase(cursor.at(index)) != 'x') {
      return false;
    }
    char following = cursor.afterSpaces(index + 1);
    boolean beforeOperand =
        Character.isDigit(following) || following == '$' || following == '(' || following == '.';
    boolean name = Character.isDigit(cursor.at(index + 1)); // x1, but 5x1
    boolean behindOperand =
        switch (tokens.last()) {
          case NUMBER, SHARE, CLOSE -> true;
          case UNKNOWN -> !name;
          case WORD, OF, COPULA -> !name && cursor.before(index) == ' ';
          default -> false;
        };
    return behindOperand && beforeOperand;
  }

  /** A letter that takes part in arithmetic: a unit, an article or a genitive does not. */
  private boolean isUnknown(int index) {
    char before = cursor.before(index);
    if (before == '\'' || before == '\u2019' || before == '/') {
      return false;
    }
    if (Character.isDigit(before)) {
      return COEFFICIENT_LETTERS.indexOf(Character.toLowerCase(cursor.at(index))) >= 0;
    }
    boolean behindOperator = tokens.last().isOperator() || tokens.last() == Symbol.EQUALS;
    boolean beforeOperator = "=+*/^)}-".indexOf(cursor.afterSpaces(index + 1)) >= 0;
    return !tokens.last().isOperand() && (behindOperator || beforeOperator);
  }

  private static boolean isOfWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }
}
