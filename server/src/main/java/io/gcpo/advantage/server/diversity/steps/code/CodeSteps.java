// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.steps.code;

import io.gcpo.advantage.server.diversity.feature.FeatureBag;
import io.gcpo.advantage.server.diversity.feature.FeatureHash;
import io.gcpo.advantage.server.diversity.feature.TextTokens;

/**
 * The steps of a program as features.
 *
 * <p>Copies that differ only in the names of variables, parameters and functions, in comments and
 * docstrings, in spaces, blank lines and the width of the indentation, in quotes, trailing commas,
 * semicolons at the end of a line, continued lines or redundant parentheses have equal features. Of
 * a text with fences, as Markdown has them, only what is fenced counts.
 */
public final class CodeSteps {
  private CodeSteps() {}

  /**
   * Adds the features of a text, at least one unless it is blank. Any text is taken for a program;
   * one without a token, a comment say, has its words as features. Linear in the text.
   */
  public static void collect(String text, FeatureBag.Builder bag) {
    Program program = Program.of(CodeFences.within(text));
    if (program.size() > 0) {
      Shingles.collect(program, bag);
      return;
    }
    for (String token : TextTokens.of(text)) {
      bag.add(FeatureHash.of(token), 1);
    }
  }

  /** What {@link #collect} does not read: the text around fenced programs, empty without one. */
  public static String unread(String text) {
    return CodeFences.around(text);
  }
}
