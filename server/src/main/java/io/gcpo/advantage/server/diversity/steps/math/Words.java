// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.steps.math;

import java.util.Locale;
import java.util.Map;

/** The English words that mean something in an equation. */
final class Words {
  private static final int LONGEST = 10;

  private static final Map<String, Symbol> MEANINGS =
      Map.ofEntries(
          Map.entry("plus", Symbol.PLUS),
          Map.entry("minus", Symbol.MINUS),
          Map.entry("times", Symbol.TIMES),
          Map.entry("multiplied", Symbol.TIMES),
          Map.entry("divided", Symbol.DIVIDE),
          Map.entry("equals", Symbol.EQUALS),
          Map.entry("equal", Symbol.EQUALS),
          Map.entry("is", Symbol.COPULA),
          Map.entry("are", Symbol.COPULA),
          Map.entry("was", Symbol.COPULA),
          Map.entry("were", Symbol.COPULA),
          Map.entry("or", Symbol.COPULA),
          Map.entry("gives", Symbol.COPULA),
          Map.entry("makes", Symbol.COPULA),
          Map.entry("leaves", Symbol.COPULA),
          Map.entry("of", Symbol.OF));

  private Words() {}

  /** What the word in [start, end) means; WORD for any other. */
  static Symbol meaning(String text, int start, int end) {
    if (end - start > LONGEST) {
      return Symbol.WORD;
    }
    return MEANINGS.getOrDefault(text.substring(start, end).toLowerCase(Locale.ROOT), Symbol.WORD);
  }

  /** The share that the word names; 0 for any other. */
  static double share(String text, int start, int end) {
    return end - start == 4 && text.regionMatches(true, start, "half", 0, 4) ? 0.5 : 0;
  }

  /** Whether the word makes the number before it a percentage. */
  static boolean isPercent(String text, int start, int end) {
    return end - start == 7 && text.regionMatches(true, start, "percent", 0, 7);
  }
}
