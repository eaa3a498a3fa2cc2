// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.steps.code;

import java.util.List;

/**
 * Where a text defines a name: assignments, parameters, targets of loops, declarations. It need
 * only be right for names that are also called or named like something of a library: all others
 * count as the program's own. Linear. Confined to one thread.
 */
final class Definitions {
  private final List<Token> tokens;
  private final Brackets brackets;
  private final Dialect dialect;
  private final boolean[] target; // part of what is on the left of an assignment

  Definitions(List<Token> tokens, Brackets brackets, Dialect dialect) {
    this.tokens = tokens;
    this.brackets = brackets;
    this.dialect = dialect;
    target = new boolean[tokens.size()];
    markTargets();
  }

  boolean isDefinition(int i) {
    Token before = before(i);
    if (before.is(".") || before.is("->") || before.is("::")) {
      return false;
    }
    return target[i]
        || Words.isDefiner(before.text())
        || (dialect == Dialect.LAYOUT ? isLayoutDefinition(i) : isDeclaration(i));
  }

  /** Targets of assignments, of {@code for}, and the parameters of {@code lambda}. */
  private void markTargets() {
    int start = 0;
    for (int i = 0; i < tokens.size(); i++) {
      Token token = tokens.get(i);
      if (token.beginsStatement()) {
        start = i + 1;
      } else if (token.is("for") || token.is("lambda")) {
        start = markList(i + 1);
        i = start - 1;
      } else if (isAssignment(token) && brackets.around(i) < start) {
        mark(start, i);
        start = i + 1;
      }
    }
  }

  /** Marks the names up to what ends a list of names; the index of that. */
  private int markList(int from) {
    int i = from;
    while (i < tokens.size()
        && (tokens.get(i).isName()
            || tokens.get(i).is(",")
            || tokens.get(i).is("(")
            || tokens.get(i).is(")")
            || tokens.get(i).is("*"))) {
      i++;
    }
    mark(from, i);
    return i;
  }

  private void mark(int start, int end) {
    for (int i = start; i < end; i++) {
      Token after = after(i);
      boolean ends =
          after.is(",") || after.is(")") || after.is("]") || after.is(":") || i + 1 == end;
      target[i] = tokens.get(i).isName() && ends && isTargetStart(before(i));
    }
  }

  private static boolean isTargetStart(Token before) {
    return before.beginsStatement()
        || before.is(",")
        || before.is("(")
        || before.is("[")
        || before.is("*")
        || before.is("=")
        || before.is("for")
        || before.is("lambda");
  }

  private static boolean isAssignment(Token token) {
    return token.is("=") || token.is(":=");
  }

  private boolean isLayoutDefinition(int i) {
    Token before = before(i);
    if (before.is("as") || after(i).is(":=")) {
      return true;
    }
    int open = brackets.around(i);
    boolean parameter = open > 1 && tokens.get(open).is("(") && tokens.get(open - 2).is("def");
    return parameter && (before.is("(") || before.is(",") || before.is("*") || before.is("**"));
  }

  private boolean isDeclaration(int i) {
    Token before = before(i);
    Token after = after(i);
    if (after.is("=") || after.is(":=")) {
      return true;
    }
    boolean typed = before.isName() || Words.isType(before.text());
    boolean marked = before.is(">") || before.is("]") || before.is("*") || before.is("&");
    if (after.is("(")) {
      int close = brackets.partner(i + 1);
      boolean body = close >= 0 && close + 1 < tokens.size() && beginsBody(tokens.get(close + 1));
      return Words.isType(before.text()) || (body && (typed || marked || beginsMember(before)));
    }
    boolean ends = after.is(",") || after.is(")") || after.is(";") || after.is("[");
    return ends && (typed || (marked && brackets.around(i) >= 0 && !after.is("[")));
  }

  private static boolean beginsMember(Token before) {
    return before.beginsStatement() || before.is("{") || before.is("}") || before.is(")");
  }

  private static boolean beginsBody(Token token) {
    return token.is("{")
        || token.is("throws")
        || token.is("const")
        || token.is("->")
        || token.isName()
        || Words.isType(token.text());
  }

  private Token before(int i) {
    return i == 0 ? Token.END : tokens.get(i - 1);
  }

  private Token after(int i) {
    return i + 1 == tokens.size() ? Token.END : tokens.get(i + 1);
  }
}
