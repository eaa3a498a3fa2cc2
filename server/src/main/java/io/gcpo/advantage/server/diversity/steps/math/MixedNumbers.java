// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.steps.math;

/** Whole numbers with a proper fraction right behind them: 1 1/2 is 1.5. */
final class MixedNumbers {
  private MixedNumbers() {}

  /** Whether it is a fraction of whole numbers in (0, 1). */
  static boolean isProper(double numerator, double denominator) {
    return numerator > 0
        && numerator < denominator
        && numerator == Math.rint(numerator)
        && denominator == Math.rint(denominator);
  }

  /** The tokens, each mixed number one number. Linear. */
  static Tokens joined(Tokens tokens) {
    Tokens joined = new Tokens();
    int index = 0;
    while (index < tokens.size()) {
      if (startsAt(tokens, index)) {
        double fraction = tokens.value(index + 1) / tokens.value(index + 3);
        joined.add(Symbol.NUMBER, tokens.value(index) + fraction);
        index += 4;
      } else {
        joined.add(tokens.symbol(index), tokens.value(index));
        index++;
      }
    }
    return joined;
  }

  private static boolean startsAt(Tokens tokens, int index) {
    return index + 3 < tokens.size()
        && tokens.symbol(index) == Symbol.NUMBER
        && tokens.symbol(index + 1) == Symbol.NUMBER
        && tokens.symbol(index + 2) == Symbol.DIVIDE
        && tokens.symbol(index + 3) == Symbol.NUMBER
        && tokens.value(index) == Math.rint(tokens.value(index))
        && isProper(tokens.value(index + 1), tokens.value(index + 3));
  }
}
