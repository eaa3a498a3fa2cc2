// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.feature;

import java.util.ArrayList;
import java.util.List;

/**
 * The tokens of a text, for n-grams: each longest run of letters, decimal digits and combining
 * marks (Unicode L*, Nd, M*), and each other code point that is no white space, alone. Case is kept
 * and nothing is normalised.
 *
 * <p>So "x_1=3.5" has the tokens x _ 1 = 3 . 5. A script without spaces between its words gives one
 * token a run. Linear in the length.
 */
public final class TextTokens {
  private TextTokens() {}

  /** The tokens of a text, in order. */
  public static List<String> of(String text) {
    List<String> tokens = new ArrayList<>();
    int start = 0;
    while (start < text.length()) {
      int codePoint = text.codePointAt(start);
      int end = start + Character.charCount(codePoint);
      if (isOfWord(codePoint)) {
        end = endOfWord(text, end);
        tokens.add(text.substring(start, end));
      } else if (!isSpace(codePoint)) {
        tokens.add(text.substring(start, end));
      }
      start = end;
    }
    return tokens;
  }

  private static int endOfWord(String text, int from) {
    int end = from;
    while (end < text.length()) {
      int codePoint = text.codePointAt(end);
      if (!isOfWord(codePoint)) {
        return end;
      }
      end += Character.charCount(codePoint);
    }
    return end;
  }

  private static boolean isOfWord(int codePoint) {
    if (Character.isLetterOrDigit(codePoint)) {
      return true;
    }
    int type = Character.getType(codePoint);
    return type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || type == Character.ENCLOSING_MARK;
  }

  /** Control characters such as tab and line feed, and Unicode Z*, no-break spaces included. */
  private static boolean isSpace(int codePoint) {
    return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
  }
}
