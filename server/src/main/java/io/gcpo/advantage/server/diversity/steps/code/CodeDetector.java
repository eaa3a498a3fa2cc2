// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.steps.code;

import io.gcpo.advantage.server.diversity.steps.code.Token.Kind;
import java.util.List;

/**
 * Tells programs from prose and mathematics.
 *
 * <p>For code count calls such as {@code max(x)}, subscripts, members, {@code ==}, blocks and the
 * words of a programming language where they begin a line; for prose, words side by side, which no
 * program has outside of comments and strings, and for mathematics an equals sign behind a number
 * or a bracket ({@code 5 + 3 = 8}, {@code f(3) = 9}), to which no program assigns, and LaTeX's
 * backslashes. Linear.
 */
final class CodeDetector {
  private CodeDetector() {}

  /** Whether tokens of {@link Dialect#UNKNOWN} are rather a program than prose or mathematics. */
  static boolean looksLikeCode(List<Token> tokens) {
    long code = 0;
    long prose = 0;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      Token before = at(tokens, i - 1);
      Token after = at(tokens, i + 1);
      boolean firstOfLine = before.kind() == Kind.BREAK || before.is(";") || before.is("}");
      if (firstOfLine && begins(token)) {
        code += 3;
      } else if ((isCodeOperator(token) && joins(before, after)) || isBlockEnd(token, after)) {
        code += 2;
      } else if (token.isName() && isApplied(after) && after.kind() == Kind.OPERATOR) {
        code += 2;
      } else if (token.isName() && token.text().indexOf('_') > 1) { // x_1 is mathematics as well
        code += 1;
      } else if (token.isName() && after.isName() && !isWord(token) && !isWord(after)) {
        prose += 2;
      } else if (token.is("=") && (before.kind() == Kind.NUMBER || before.is(")"))) {
        prose += 3;
      } else if (token.is("\\")) {
        prose += 2;
      } else if (token.is("$")) {
        prose += 1;
      }
    }
    return code > prose;
  }

  private static boolean isApplied(Token after) {
    return after.is("(") || after.is("[");
  }

  private static boolean isCodeOperator(Token token) {
    return switch (token.text()) {
      case "==", "!=", "+=", "-=", "*=", "->", "=>", ":=", "&&", "||", "++", "**", "//" -> true;
      default -> false;
    };
  }

  /**
   * Whether an operator stands between operands of a program: not the ** of a bold word, nor the
   * arrow of a calculation, 5 + 3 -> 8, or at the beginning of its line.
   */
  private static boolean joins(Token before, Token after) {
    return before.endsOperand() && before.kind() != Kind.NUMBER && after.kind() != Kind.BREAK;
  }

  private static boolean isBlockEnd(Token token, Token after) {
    boolean end = after.kind() == Kind.BREAK || after.kind() == Kind.END;
    return end && (token.is(";") || token.is("{") || token.is("}"));
  }

  /** Words that begin a line of a program and hardly one of prose. */
  private static boolean begins(Token token) {
    return switch (token.text()) {
      case "return",
          "def",
          "import",
          "class",
          "elif",
          "while",
          "public",
          "private",
          "static",
          "fn",
          "func",
          "function",
          "const",
          "let",
          "var",
          "try",
          "pass",
          "raise",
          "void",
          "int" ->
          true;
      default -> false;
    };
  }

  /** Words that programs have side by side with names. */
  private static boolean isWord(Token token) {
    return switch (token.text()) {
      case "return",
          "def",
          "import",
          "from",
          "class",
          "if",
          "elif",
          "else",
          "for",
          "in",
          "while",
          "not",
          "and",
          "or",
          "is",
          "lambda",
          "public",
          "private",
          "static",
          "final",
          "fn",
          "func",
          "function",
          "const",
          "let",
          "var",
          "new",
          "raise",
          "assert",
          "with",
          "as" ->
          true;
      default -> Words.isType(token.text()) || Words.looksLikeType(token.text());
    };
  }

  private static Token at(List<Token> tokens, int i) {
    return i >= 0 && i < tokens.size() ? tokens.get(i) : Token.END;
  }
}
