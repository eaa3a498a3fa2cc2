// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.steps.code;

import io.gcpo.advantage.server.diversity.feature.FeatureHash;

/**
 * A token.
 *
 * @param text what is written, for names, keywords and operators; empty otherwise
 * @param value a hash of what the token means; the column of the next line for a {@link Kind#BREAK}
 */
record Token(Kind kind, String text, long value) {
  /** Stands before the first and after the last token, and ends each statement. */
  static final Token END = new Token(Kind.END, "", 0);

  static final Token INDENT = of(Kind.OPERATOR, "+indent");
  static final Token DEDENT = of(Kind.OPERATOR, "-dedent");

  enum Kind {
    NAME,
    KEYWORD,
    NUMBER,
    STRING,
    OPERATOR,
    BREAK,
    END
  }

  static Token of(Kind kind, String text) {
    return new Token(kind, text, FeatureHash.of(text));
  }

  boolean is(String operatorOrWord) {
    return text.equals(operatorOrWord);
  }

  boolean isName() {
    return kind == Kind.NAME;
  }

  boolean isKeyword() {
    return kind == Kind.KEYWORD;
  }

  /** Whether a bracket opens here. */
  boolean opens() {
    return text.length() <= 2 && (is("(") || is("[") || is("{") || is(Lexer.HOLE_START));
  }

  /** Whether a bracket closes here. */
  boolean closes() {
    return text.length() <= 2 && (is(")") || is("]") || is("}") || is(Lexer.HOLE_END));
  }

  /** Whether an operand can end here, so that an operator after it has a left side. */
  boolean endsOperand() {
    return switch (kind) {
      case NAME, NUMBER, STRING -> true;
      case KEYWORD -> Words.isValue(text);
      case OPERATOR -> closes();
      case BREAK, END -> false;
    };
  }

  /** Whether a statement begins behind this token. */
  boolean beginsStatement() {
    return kind == Kind.END || is(INDENT.text) || is(DEDENT.text) || is(";");
  }
}
