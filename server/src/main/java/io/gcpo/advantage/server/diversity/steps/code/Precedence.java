// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.steps.code;

/** How tightly operators bind, as in the Python reference; the tighter, the larger. */
final class Precedence {
  /** Never inside a parenthesis that is dropped: assignments, yield. */
  static final int STATEMENT = -1;

  /** Where a tuple needs no parentheses. */
  static final int OPEN = 0;

  static final int COMMA = 1;
  static final int LAMBDA = 2;
  static final int CONDITION = 3;
  static final int NOT = 6;
  static final int COMPARISON = 7;
  static final int BITWISE = 8;
  static final int PRODUCT = 13;
  static final int UNARY = 14;
  static final int POWER = 15;
  static final int MEMBER = 16;
  static final int ATOM = 17;

  private Precedence() {}

  /** Of an operator or keyword with a left side, or {@link #ATOM} for what is none. */
  static int binary(Token token) {
    return switch (token.text()) {
      case "=", "+=", "-=", "*=", "/=", "//=", "%=", "**=", "&=", "|=", "^=", ">>=", "<<=", "@=" ->
          STATEMENT;
      case ":=", "=>", "->", ";", "yield", "return" -> STATEMENT;
      case ",", "for" -> COMMA;
      case "lambda" -> LAMBDA;
      case "if", "else", "?", ":" -> CONDITION;
      case "or", "||", "??" -> 4;
      case "and", "&&" -> 5;
      case "not" -> NOT;
      case "in", "is", "==", "!=", "<", ">", "<=", ">=", "===", "!==", "instanceof" -> COMPARISON;
      case "|" -> BITWISE;
      case "^" -> 9;
      case "&" -> 10;
      case "<<", ">>" -> 11;
      case "+", "-" -> 12;
      case "*", "/", "//", "%", "@" -> PRODUCT;
      case "!", "~", "++", "--" -> UNARY;
      case "await", "new", "function", "async" -> UNARY;
      case "**" -> POWER;
      case ".", "?.", "::" -> MEMBER;
      default -> ATOM;
    };
  }

  /** Of an operator without a left side. */
  static int unary(Token token) {
    int binary = binary(token);
    return binary >= BITWISE && binary <= POWER ? UNARY : binary;
  }

  /** Whether equal operators are worked off from the left. */
  static boolean isLeftAssociative(int precedence) {
    return precedence >= BITWISE && precedence <= PRODUCT;
  }

  /** Bitwise operators and shifts stand elsewhere in C, Go and Rust. */
  static boolean differsAmongLanguages(int precedence) {
    return precedence >= BITWISE && precedence < 12;
  }

  /** Whether a token is an operator of arithmetic or order. */
  static boolean isArithmetic(Token token) {
    return switch (token.text()) {
      case "+", "-", "*", "/", "//", "%", "<", ">", "<=", ">=" -> true;
      default -> false;
    };
  }
}
