// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.steps.math;

import java.util.Map;

/** What a LaTeX command means in an equation. */
enum Latex {
  TIMES,
  DIVIDE,
  EQUALS,
  /** Two groups follow: numerator and denominator. */
  FRACTION,
  /** A group follows, to the power of 1/2. */
  ROOT,
  /** A group of words follows. */
  TEXT,
  /** A relation that is no equality, a new line, or a function: nothing is read over it. */
  BREAK,
  /** Spacing, brackets' sizes, fonts, boxes: nothing. */
  NOTHING,
  /** Any other: a function, a Greek letter. */
  OTHER;

  private static final int LONGEST = 16;

  private static final Map<String, Latex> COMMANDS =
      Map.ofEntries(
          Map.entry("times", TIMES),
          Map.entry("cdot", TIMES),
          Map.entry("ast", TIMES),
          Map.entry("div", DIVIDE),
          Map.entry("approx", EQUALS),
          Map.entry("equiv", EQUALS),
          Map.entry("simeq", EQUALS),
          Map.entry("frac", FRACTION),
          Map.entry("dfrac", FRACTION),
          Map.entry("tfrac", FRACTION),
          Map.entry("cfrac", FRACTION),
          Map.entry("sqrt", ROOT),
          Map.entry("text", TEXT),
          Map.entry("textbf", TEXT),
          Map.entry("textit", TEXT),
          Map.entry("mathrm", TEXT),
          Map.entry("mbox", TEXT),
          Map.entry("operatorname", TEXT),
          Map.entry("ne", BREAK),
          Map.entry("neq", BREAK),
          Map.entry("le", BREAK),
          Map.entry("leq", BREAK),
          Map.entry("ge", BREAK),
          Map.entry("geq", BREAK),
          Map.entry("lt", BREAK),
          Map.entry("gt", BREAK),
          Map.entry("to", BREAK),
          Map.entry("implies", BREAK),
          Map.entry("Rightarrow", BREAK),
          Map.entry("rightarrow", BREAK),
          Map.entry("newline", BREAK),
          Map.entry("sum", BREAK),
          Map.entry("prod", BREAK),
          Map.entry("int", BREAK),
          Map.entry("lim", BREAK),
          Map.entry("log", BREAK),
          Map.entry("ln", BREAK),
          Map.entry("sin", BREAK),
          Map.entry("cos", BREAK),
          Map.entry("tan", BREAK),
          Map.entry("left", NOTHING),
          Map.entry("right", NOTHING),
          Map.entry("big", NOTHING),
          Map.entry("Big", NOTHING),
          Map.entry("quad", NOTHING),
          Map.entry("qquad", NOTHING),
          Map.entry("displaystyle", NOTHING),
          Map.entry("boxed", NOTHING),
          Map.entry("mathbf", NOTHING));

  /** The meaning of the command whose letters are in [start, end). */
  static Latex of(String text, int start, int end) {
    return end - start > LONGEST ? OTHER : COMMANDS.getOrDefault(text.substring(start, end), OTHER);
  }
}
