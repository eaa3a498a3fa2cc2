// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.steps.math;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Dijkstra's shunting-yard algorithm: from operands, operators and brackets in a row to an
 * expression. Brackets need not balance. Linear, without recursion. One expression's.
 */
final class ExpressionParser {
  private enum Operator {
    PLUS(1),
    MINUS(1),
    TIMES(2),
    DIVIDE(2),
    NEGATE(3),
    POWER(4),
    BRACKET(0);

    private final int precedence;

    Operator(int precedence) {
      this.precedence = precedence;
    }
  }

  private final Deque<Expression> operands = new ArrayDeque<>();
  private final Deque<Operator> operators = new ArrayDeque<>();

  private ExpressionParser() {}

  /** The expression; empty where the tokens are none. */
  static Optional<Expression> parse(Tokens tokens) {
    return new ExpressionParser().read(withoutNeedlessBrackets(tokens));
  }

  private Optional<Expression> read(Tokens tokens) {
    boolean expectsOperand = true;
    for (int i = 0; i < tokens.size(); i++) {
      Symbol symbol = tokens.symbol(i);
      boolean begins =
          symbol.isOperand() || symbol == Symbol.OPEN || isSign(symbol, expectsOperand);
      if (begins != expectsOperand) {
        return Optional.empty();
      }
      if (symbol.isOperand()) {
        boolean fraction = isFraction(tokens, i);
        operands.push(operand(tokens, i, fraction));
        i += fraction ? 2 : 0;
        expectsOperand = false;
      } else if (symbol == Symbol.OPEN) {
        operators.push(Operator.BRACKET);
      } else if (symbol == Symbol.CLOSE) {
        closeBracket();
      } else {
        push(isSign(symbol, expectsOperand) ? Operator.NEGATE : Operator.valueOf(symbol.name()));
        expectsOperand = true;
      }
    }
    if (expectsOperand) {
      return Optional.empty();
    }
    while (!operators.isEmpty()) {
      apply(operators.pop());
    }
    return Optional.of(operands.pop());
  }

  private static boolean isSign(Symbol symbol, boolean expectsOperand) {
    return expectsOperand && symbol == Symbol.MINUS;
  }

  private static Expression operand(Tokens tokens, int index, boolean fraction) {
    double value = tokens.value(index);
    if (fraction) {
      return Expression.fraction(value, tokens.value(index + 2));
    }
    return tokens.symbol(index) == Symbol.UNKNOWN
        ? Expression.unknown(value)
        : Expression.number(value);
  }

  /** A proper fraction of whole numbers that nothing before or behind it would tear apart. */
  private boolean isFraction(Tokens tokens, int index) {
    boolean form =
        index + 2 < tokens.size()
            && tokens.symbol(index) == Symbol.NUMBER
            && tokens.symbol(index + 1) == Symbol.DIVIDE
            && tokens.symbol(index + 2) == Symbol.NUMBER;
    if (!form
        || operators.peek() == Operator.DIVIDE
        || operators.peek() == Operator.POWER
        || (index + 3 < tokens.size() && tokens.symbol(index + 3) == Symbol.POWER)) {
      return false;
    }
    return MixedNumbers.isProper(tokens.value(index), tokens.value(index + 2));
  }

  private void push(Operator operator) {
    boolean leftFirst = operator != Operator.POWER && operator != Operator.NEGATE;
    while (!operators.isEmpty()
        && (operators.peek().precedence > operator.precedence
            || (leftFirst && operators.peek().precedence == operator.precedence))
        && operator != Operator.NEGATE) {
      apply(operators.pop());
    }
    operators.push(operator);
  }

  private void closeBracket() {
    while (!operators.isEmpty()) {
      Operator operator = operators.pop();
      if (operator == Operator.BRACKET) {
        return;
      }
      apply(operator);
    }
  }

  private void apply(Operator operator) {
    if (operator == Operator.BRACKET) {
      return;
    }
    Expression right = operands.pop();
    if (operator == Operator.NEGATE) {
      operands.push(right.negated());
      return;
    }
    Expression left = operands.pop();
    operands.push(
        switch (operator) {
          case PLUS -> left.plus(right);
          case MINUS -> left.minus(right);
          case TIMES -> left.times(right);
          case DIVIDE -> left.dividedBy(right);
          case POWER -> left.toThePowerOf(right);
          case NEGATE, BRACKET -> throw new AssertionError(operator);
        });
  }

  /** Brackets around a sole operand are dropped: (1)/(2) is the fraction 1/2. */
  private static Tokens withoutNeedlessBrackets(Tokens tokens) {
    Tokens kept = new Tokens();
    for (int i = 0; i < tokens.size(); i++) {
      int size = kept.size();
      if (tokens.symbol(i) == Symbol.CLOSE
          && size >= 2
          && kept.last().isOperand()
          && kept.symbol(size - 2) == Symbol.OPEN) {
        Symbol symbol = kept.last();
        double value = kept.value(size - 1);
        kept.truncate(size - 2);
        kept.add(symbol, value);
      } else {
        kept.add(tokens.symbol(i), tokens.value(i));
      }
    }
    return kept;
  }
}
