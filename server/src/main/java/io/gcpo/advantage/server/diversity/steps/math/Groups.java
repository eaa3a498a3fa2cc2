// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.steps.math;

import java.util.Arrays;

/**
 * LaTeX's groups in braces: what a command before them makes of them, and brackets for the tokens.
 * A brace without its partner does no harm. One thread's.
 */
final class Groups {
  private enum Kind {
    PLAIN,
    NUMERATOR,
    DENOMINATOR,
    RADICAND,
    TEXT
  }

  private final Tokens tokens;
  private Kind[] open = new Kind[16];
  private int depth;
  private int texts;
  private Kind expected = Kind.PLAIN;
  private int mixed = -1; // where the fraction begins that stands right behind a number

  Groups(Tokens tokens) {
    this.tokens = tokens;
  }

  /** The next group is a numerator, the one behind it a denominator. */
  void expectFraction() {
    mixed = tokens.last() == Symbol.NUMBER ? tokens.size() : -1;
    if (tokens.last().isOperand() || tokens.last() == Symbol.CLOSE) {
      tokens.add(Symbol.TIMES);
    }
    expected = Kind.NUMERATOR;
  }

  /** The fraction that was expected, of two numbers without braces. */
  void fraction(int numerator, int denominator) {
    open();
    tokens.add(Symbol.NUMBER, numerator);
    close();
    open();
    tokens.add(Symbol.NUMBER, denominator);
    close();
  }

  /** The next group is under a square root. */
  void expectRoot() {
    expected = Kind.RADICAND;
  }

  /** The next group is words. */
  void expectText() {
    expected = Kind.TEXT;
  }

  /** Whether the innermost group, or one around it, is words. */
  boolean isText() {
    return texts > 0;
  }

  /** An opening brace. */
  void open() {
    if (depth == open.length) {
      open = Arrays.copyOf(open, 2 * depth);
    }
    Kind kind = expected;
    expected = Kind.PLAIN;
    open[depth++] = kind;
    if (kind == Kind.TEXT) {
      texts++;
      return;
    }
    if (kind == Kind.NUMERATOR) {
      tokens.add(Symbol.OPEN);
    }
    tokens.add(Symbol.OPEN);
  }

  /** A closing brace. */
  void close() {
    if (depth == 0) {
      return;
    }
    Kind kind = open[--depth];
    if (kind == Kind.TEXT) {
      texts--;
      tokens.add(Symbol.WORD);
      return;
    }
    tokens.add(Symbol.CLOSE);
    switch (kind) {
      case NUMERATOR -> {
        tokens.add(Symbol.DIVIDE);
        expected = Kind.DENOMINATOR;
      }
      case DENOMINATOR -> {
        tokens.add(Symbol.CLOSE);
        closeMixed();
      }
      case RADICAND -> {
        tokens.add(Symbol.POWER);
        tokens.add(Symbol.NUMBER, 0.5);
      }
      case PLAIN, TEXT -> {
        // Brackets are all there is to it.
      }
    }
  }

  /** Makes one number of 1\frac{1}{2}: no product. Its tokens are 1 * ((1)/(2)). */
  private void closeMixed() {
    if (mixed < 0
        || tokens.size() != mixed + 10
        || tokens.symbol(mixed + 3) != Symbol.NUMBER
        || tokens.symbol(mixed + 7) != Symbol.NUMBER) {
      return;
    }
    double whole = tokens.value(mixed - 1);
    double numerator = tokens.value(mixed + 3);
    double denominator = tokens.value(mixed + 7);
    if (whole == Math.rint(whole) && MixedNumbers.isProper(numerator, denominator)) {
      tokens.truncate(mixed - 1);
      tokens.add(Symbol.NUMBER, whole + numerator / denominator);
    }
  }
}
