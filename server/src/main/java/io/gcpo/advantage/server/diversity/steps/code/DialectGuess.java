// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.steps.code;

import io.gcpo.advantage.server.diversity.steps.code.Token.Kind;
import java.util.List;

/** Guesses from its tokens whether braces or the layout make the blocks of a text. Linear. */
final class DialectGuess {
  private static final int STRONG = 3;

  private DialectGuess() {}

  /** The layout in doubt. Comments and formatting do not count. */
  static Dialect of(String text) {
    List<Token> tokens = Lexer.tokens(text, Dialect.UNKNOWN);
    Token before = Token.END;
    long braces = 0;
    long layout = 0;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      Token after = i + 1 < tokens.size() ? tokens.get(i + 1) : Token.END;
      if (token.kind() == Kind.BREAK) {
        layout += before.is(":") ? STRONG : 0;
      } else {
        braces += braces(before, token, after);
        layout += isLayoutWord(token) ? STRONG : 0;
      }
      before = token;
    }
    return braces > layout ? Dialect.BRACES : Dialect.LAYOUT;
  }

  private static int braces(Token before, Token token, Token after) {
    if (token.is(";")) {
      return 1;
    }
    if (token.is("{")) {
      boolean word = before.isName() && !isBeforeValue(before);
      return word || before.is(")") || before.kind() == Kind.NUMBER ? STRONG : 0;
    }
    boolean operator = token.is("&&") || token.is("||") || token.is("++") || token.is("=>");
    boolean declaration = Words.isType(token.text()) && after.isName();
    boolean dereference = token.is("->") && before.isName();
    return operator || declaration || dereference ? 2 : 0;
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
