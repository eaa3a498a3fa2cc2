// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.steps.code;

import io.gcpo.advantage.server.diversity.feature.FeatureBag;
import io.gcpo.advantage.server.diversity.feature.FeatureHash;
import io.gcpo.advantage.server.diversity.feature.TextTokens;
import java.util.List;

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
    String programs = CodeFences.within(text);
    collect(text, Program.of(programs, Lexer.tokens(programs, Dialect.UNKNOWN)), bag);
  }

  /**
   * The same for a text that looks rather like a program than like prose or mathematics, where it
   * has fences what is fenced; nothing for any other.
   *
   * @return whether it does
   */
  public static boolean collectIfCode(String text, FeatureBag.Builder bag) {
    String programs = CodeFences.within(text);
    List<Token> rough = Lexer.tokens(programs, Dialect.UNKNOWN);
    if (!CodeDetector.looksLikeCode(rough)) {
      return false;
    }
    collect(text, Program.of(programs, rough), bag);
    return true;
  }

  /** What {@link #collect} does not read: the text around fenced programs, empty without one. */
  public static String unread(String text) {
    return CodeFences.around(text);
  }

  private static void collect(String text, Program program, FeatureBag.Builder bag) {
    if (program.size() > 0) {
      Shingles.collect(program, bag);
      return;
    }
    for (String token : TextTokens.of(text)) {
      bag.add(FeatureHash.of(token), 1);
    }
  }
}
