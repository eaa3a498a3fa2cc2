// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.steps.code;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** The operators of programming languages: the longest one that a text has at a place. */
final class Operators {
  private static final int LONGEST = 3;

  private static final Set<String> EVERYWHERE =
      Set.of(
          "**=", ">>=", "<<=", "...", "===", "!==", "**", "==", "!=", "<=", ">=", "+=", "-=", "*=",
          "/=", "%=", "&=", "|=", "^=", "->", "=>", ":=", "<<");
  private static final Set<String> IN_LAYOUT = Set.of("//", "//=", ">>", "@=");
  private static final Set<String> IN_BRACES = Set.of("::", "&&", "||", "++", "--", "?.", "??");

  /** What the operators above have behind their first character. */
  private static final String LATER_MARKS = "*=>.<|&:+-/?";

  /** The operators of one character of ASCII, ready made: most of all tokens. */
  private static final List<Token> SINGLE =
      IntStream.range(0, 128)
          .mapToObj(c -> Token.of(Token.Kind.OPERATOR, Character.toString(c)))
          .toList();

  private Operators() {}

  /** The operator at an index of a text; one character of it where it is none of the known. */
  static Token at(int index, String text, Dialect dialect) {
    int length = length(index, text, dialect);
    char first = text.charAt(index);
    return length == 1 && first < SINGLE.size()
        ? SINGLE.get(first)
        : Token.of(Token.Kind.OPERATOR, text.substring(index, index + length));
  }

  private static int length(int index, String text, Dialect dialect) {
    if (index + 1 >= text.length() || LATER_MARKS.indexOf(text.charAt(index + 1)) < 0) {
      return 1;
    }
    Set<String> own = dialect == Dialect.LAYOUT ? IN_LAYOUT : IN_BRACES;
    for (int length = Math.min(LONGEST, text.length() - index); length > 1; length--) {
      String candidate = text.substring(index, index + length);
      if (EVERYWHERE.contains(candidate) || own.contains(candidate)) {
        return length;
      }
    }
    return 1;
  }
}
