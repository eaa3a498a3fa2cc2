// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.steps.code;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds what a program means the same without: parentheses that hold a whole operand or bind as the
 * operators do anyway, and commas before a closing bracket. In doubt they stay. Linear. Confined to
 * one thread.
 *
 * <p>A pair is redundant where every operator inside binds tighter than both neighbours. Inner
 * pairs are decided first; what is in one that goes counts for the pair around it.
 */
final class Parentheses {
  private final List<Token> tokens;
  private final Dialect dialect;
  private final boolean[] redundant;
  private final boolean[] ofLoop; // an in that belongs to a for
  private final List<Frame> frames = new ArrayList<>();

  /** An open bracket. */
  private static final class Frame {
    private final int start;
    private final boolean afterOperand;
    private int loosest = Precedence.ATOM;
    private int commas;
    private int loops; // for without its in
    private boolean generator;

    private Frame(int start, boolean afterOperand) {
      this.start = start;
      this.afterOperand = afterOperand;
    }
  }

  private Parentheses(List<Token> tokens, Dialect dialect) {
    this.tokens = tokens;
    this.dialect = dialect;
    redundant = new boolean[tokens.size()];
    ofLoop = new boolean[tokens.size()];
  }

  /** For each token whether it can be left out. */
  static boolean[] redundant(List<Token> tokens, Dialect dialect) {
    Parentheses parentheses = new Parentheses(tokens, dialect);
    parentheses.frames.add(new Frame(-1, false));
    for (int i = 0; i < tokens.size(); i++) {
      parentheses.read(i);
    }
    return parentheses.redundant;
  }

  private void read(int i) {
    Token token = tokens.get(i);
    if (token.opens()) {
      boolean call = at(i - 1).endsOperand() || Words.isType(at(i - 1).text());
      if (call) {
        loosen(Precedence.MEMBER);
      }
      frames.add(new Frame(i, call));
    } else if (token.closes() && frames.size() > 1) {
      Frame frame = frames.remove(frames.size() - 1);
      close(frame, i);
    } else {
      readOperator(i);
    }
  }

  private void readOperator(int i) {
    Token token = tokens.get(i);
    Frame frame = top();
    if (token.is(",")) {
      frame.commas += frame.generator ? 0 : 1; // behind for they part its targets
    } else if (token.is("for")) {
      frame.loops++;
      frame.generator = true;
    } else if (token.is("in") && frame.loops > 0) {
      frame.loops--;
      ofLoop[i] = true;
      return;
    }
    if (token.beginsStatement()) {
      frame.loops = 0;
    }
    loosen(precedence(i));
  }

  private int precedence(int i) {
    Token token = tokens.get(i);
    boolean leftSide = at(i - 1).endsOperand();
    if (token.is("not") && (leftSide || at(i - 1).is("is"))) {
      return Precedence.COMPARISON;
    }
    return leftSide ? Precedence.binary(token) : Precedence.unary(token);
  }

  private void loosen(int precedence) {
    top().loosest = Math.min(top().loosest, precedence);
  }

  private void close(Frame frame, int end) {
    boolean trailing = at(end - 1).is(",") && end - 1 > frame.start;
    boolean group = tokens.get(frame.start).is("(") && !frame.afterOperand;
    if (trailing && !(group && frame.commas == 1)) {
      redundant[end - 1] = true;
    }
    if (group && end > frame.start + 1 && isRedundant(frame, end)) {
      redundant[frame.start] = true;
      redundant[end] = true;
      loosen(frame.loosest);
    }
  }

  private boolean isRedundant(Frame frame, int end) {
    Token before = at(frame.start - 1);
    Token after = at(end + 1);
    if (dialect == Dialect.BRACES && !isPlainOperand(before, after)) {
      return false;
    }
    boolean call = top().start == frame.start - 1 && top().afterOperand && before.is("(");
    if (frame.generator && frame.commas == 0 && call && after.is(")")) {
      return true;
    }
    int left = left(frame.start - 1);
    int right = right(end + 1);
    int inside = frame.loosest;
    if (dialect == Dialect.BRACES) {
      left = Precedence.differsAmongLanguages(left) ? Precedence.UNARY : left;
      right = Precedence.differsAmongLanguages(right) ? Precedence.UNARY : right;
      inside = Precedence.differsAmongLanguages(inside) ? Precedence.BITWISE : inside;
    }
    boolean sameFromLeft =
        inside == right && (Precedence.isLeftAssociative(right) || right == Precedence.MEMBER);
    return inside > left && (inside > right || sameFromLeft);
  }

  /** In brace languages a pair can also be a cast, a list of parameters or a header. */
  private static boolean isPlainOperand(Token before, Token after) {
    boolean statement =
        before.is("return") || before.is("throw") || before.is("case") || before.is("await");
    boolean operator = !before.isKeyword() && !before.isName();
    boolean used = after.opens() && !after.is("[");
    boolean operand = after.endsOperand() && !after.closes();
    boolean arrow = after.is("=>") || after.is("->");
    return (statement || operator) && !used && !operand && !arrow;
  }

  /** How tightly what is left of a parenthesis holds it. */
  private int left(int i) {
    Token before = at(i);
    if (before.beginsStatement() || isAny(before, "return", "yield", "for")) {
      return Precedence.OPEN;
    }
    if (before.opens()) {
      boolean subscript = before.is("[") && top().afterOperand;
      return subscript ? Precedence.OPEN : Precedence.COMMA;
    }
    boolean leftSide = at(i - 1).endsOperand();
    if (i >= 0 && ofLoop[i]) {
      return frames.size() == 1 ? Precedence.OPEN : Precedence.CONDITION;
    }
    return switch (before.text()) {
      case "=", "+=", "-=", "*=", "/=" -> frames.size() == 1 ? Precedence.OPEN : Precedence.COMMA;
      case ":" -> Precedence.COMMA;
      case "else" -> Precedence.LAMBDA;
      case "if", "while" -> leftSide ? Precedence.CONDITION : Precedence.COMMA;
      case "**" -> Precedence.PRODUCT;
      default -> {
        int held = precedence(i);
        yield held == Precedence.ATOM ? Precedence.COMMA : Math.max(held, Precedence.COMMA);
      }
    };
  }

  /** How tightly what is right of a parenthesis holds it. */
  private int right(int i) {
    Token after = at(i);
    if (after.beginsStatement() || after.is("=")) {
      return Precedence.OPEN;
    }
    if (after.is("in") && top().loops > 0) {
      return Precedence.OPEN;
    }
    if (after.is("]") && top().afterOperand) {
      return Precedence.OPEN;
    }
    if (after.opens()) {
      return Precedence.MEMBER;
    }
    int held = Precedence.binary(after);
    boolean delimiter = held == Precedence.ATOM || after.is(":") || held < Precedence.COMMA;
    return delimiter ? Precedence.COMMA : held;
  }

  private static boolean isAny(Token token, String first, String second, String third) {
    return token.is(first) || token.is(second) || token.is(third);
  }

  private Frame top() {
    return frames.get(frames.size() - 1);
  }

  private Token at(int i) {
    return i >= 0 && i < tokens.size() ? tokens.get(i) : Token.END;
  }
}
