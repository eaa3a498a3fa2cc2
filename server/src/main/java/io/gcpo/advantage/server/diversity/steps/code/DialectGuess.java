// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.steps.code;

import io.gcpo.advantage.server.diversity.steps.code.Token.Kind;
import java.util.List;

/**
 * Guesses from its tokens of {@link Dialect#UNKNOWN} whether braces or the layout make the blocks
 * of a text. Linear.
 */
final class DialectGuess {
  private static final int STRONG = 3;

  private DialectGuess() {}

  /** The layout in doubt. Neither formatting nor, where there is a block, comments count. */
  static Dialect of(List<Token> tokens) {
    long braces = 0;
    long layout = 0;
    long semicolons = 0;
    boolean slashes = false;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.kind() == Kind.BREAK) {
        layout += at(tokens, i - 1).is(":") ? STRONG : 0;
      } else {
        braces += braces(tokens, i);
        layout += isLayoutWord(token) ? STRONG : 0;
        semicolons += token.is(";") ? 1 : 0;
        slashes |= token.equals(Lexer.COMMENT);
      }
    }
    // A semicolon can end a line of Python, too; without a block both dialects read it the same,
    // but for comments.
    braces += slashes || braces > 0 ? semicolons : 0;
    return braces > layout ? Dialect.BRACES : Dialect.LAYOUT;
  }

  private static int braces(List<Token> tokens, int i) {
    Token before = at(tokens, i - 1);
    Token token = tokens.get(i);
    if (token.is("{")) {
      boolean word = before.isName() && !isBeforeValue(before);
      return word || before.is(")") || before.kind() == Kind.NUMBER ? STRONG : 0;
    }
    Token after = at(tokens, i + 1);
    boolean operator = token.is("&&") || token.is("||") || token.is("++") || token.is("=>");
    boolean type = Words.isType(token.text()) && isDeclared(at(tokens, i + 2));
    boolean object =
        token.isName() && Words.looksLikeType(token.text()) && at(tokens, i + 2).is("=");
    boolean variable = token.is("const") || token.is("let") || token.is("var");
    boolean declaration = (type || object || variable) && after.isName();
    return operator || declaration || (token.is("->") && before.isName()) ? 2 : 0;
  }

  private static boolean isDeclared(Token after) {
    return after.is("=") || after.is(";") || after.is(",") || after.is(")") || after.is("(");
  }

  private static Token at(List<Token> tokens, int i) {
    return i >= 0 && i < tokens.size() ? tokens.get(i) : Token.END;
  }

  private static boolean isLayoutWord(Token token) {
    return switch (token.text()) {
      case "def", "elif", "lambda", "None", "True", "False", "not", "and", "or", "in", "except" ->
          true;
      default -> false;
    };
  }

  /** The words of Python before a set or dictionary. */
  private static boolean isBeforeValue(Token before) {
    return switch (before.text()) {
      case "return", "in", "is", "yield", "and", "or", "not", "if", "else", "elif", "while" -> true;
      default -> false;
    };
  }
}
