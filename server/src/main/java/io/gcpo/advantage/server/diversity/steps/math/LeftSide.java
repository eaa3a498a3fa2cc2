// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.steps.math;

import java.util.Optional;
import java.util.function.Predicate;

/**
 * What stands on the left of an equals sign: the longest run of operands and operators that ends
 * there, with the words between them left out, so that "16 eggs - 3 eggs" is 16 - 3. Where there
 * are words, it may as well begin behind them: "5 times a week, so 5 * 6" is 5 * 6 and not 5 * 5 *
 * 6. One thread's.
 */
final class LeftSide {
  /** Words that may stand between an operand and its operator. */
  private static final int MAX_GAP = 6;

  /** Words that may stand between "of" and what it is a share of: the, all the. */
  private static final int MAX_ARTICLES = 2;

  /** Longer runs begin somewhere in the middle: reading stays linear. */
  private static final int MAX_TOKENS = 256;

  private static final int MAX_BEGINNINGS = 8;

  private final Tokens tokens;
  private final Tokens run = new Tokens(); // from right to left
  private final int[] beginnings = new int[MAX_BEGINNINGS]; // lengths of the run, ascending
  private int count;

  LeftSide(Tokens tokens) {
    this.tokens = tokens;
  }

  /**
   * The longest side before the token at {@code end} that is accepted.
   *
   * @param unknowns whether a letter may be an unknown; else it is a word: "District A"
   */
  Optional<Expression> longest(int end, boolean unknowns, Predicate<Expression> accepted) {
    collect(end, unknowns);
    for (int i = count - 1; i >= 0; i--) {
      Optional<Expression> side = side(beginnings[i]).filter(accepted);
      if (side.isPresent()) {
        return side;
      }
    }
    return Optional.empty();
  }

  private Optional<Expression> side(int length) {
    Tokens side = new Tokens();
    for (int i = length - 1; i >= 0; i--) {
      side.add(run.symbol(i), run.value(i));
    }
    return ExpressionParser.parse(side);
  }

  private void collect(int end, boolean unknowns) {
    run.truncate(0);
    count = 0;
    int depth = 0;
    int gap = 0;
    boolean complete = false; // the run begins with an operand
    for (int i = lineEnd(end) - 1; i >= 0 && run.size() < MAX_TOKENS && gap <= MAX_GAP; i--) {
      Symbol symbol =
          isProduct(i, complete && gap <= MAX_ARTICLES) ? Symbol.TIMES : tokens.symbol(i);
      if (symbol == Symbol.WORD
          || symbol == Symbol.OF
          || symbol == Symbol.COPULA
          || (symbol == Symbol.UNKNOWN && !unknowns)) {
        gap++;
        continue;
      }
      boolean fits =
          switch (symbol) {
            case NUMBER, SHARE, UNKNOWN, CLOSE -> !complete;
            case PLUS, MINUS, TIMES, DIVIDE, POWER -> complete || isSign();
            case OPEN -> (complete || isSign()) && depth > 0;
            default -> false;
          };
      if (!fits) {
        break;
      }
      // Words, or a dash behind a heading: Step 1 - 5 + 3 = 8.
      if ((gap > 0 || symbol == Symbol.MINUS) && depth == 0) {
        mark();
        if (isSign()) {
          mark(run.size()); // words before a minus: the 3 countries' total is -48 + 21 = -27
        }
      }
      gap = 0;
      depth += symbol == Symbol.CLOSE ? 1 : symbol == Symbol.OPEN ? -1 : 0;
      complete = symbol.isOperand() || symbol == Symbol.OPEN;
      run.add(symbol, tokens.value(i));
    }
    if (depth > 0) {
      return; // cut off inside a bracket: what is read of it is something else
    }
    if (isSign()) {
      mark(run.size());
    }
    mark();
  }

  /** Whether the run so far begins with a minus: a sign, if nothing is before it. */
  private boolean isSign() {
    return run.last() == Symbol.MINUS;
  }

  /** A chain of equalities may go on in the next line, which then begins with its sign. */
  private int lineEnd(int end) {
    int index = end;
    while (index > 0 && tokens.symbol(index - 1) == Symbol.BREAK) {
      index--;
    }
    return index;
  }

  /** "of" behind a share: 20 % of 50, 3/4 of the 80. */
  private boolean isProduct(int index, boolean beforeOperand) {
    return beforeOperand
        && tokens.symbol(index) == Symbol.OF
        && index > 0
        && (tokens.symbol(index - 1) == Symbol.SHARE || isFraction(index - 1));
  }

  private boolean isFraction(int index) {
    return index > 0
        && tokens.symbol(index) == Symbol.NUMBER
        && tokens.symbol(index - 1) == Symbol.DIVIDE;
  }

  /** The side may begin here, at the leftmost operand so far. */
  private void mark() {
    int length = run.size();
    while (length > 0 && run.symbol(length - 1).isOperator()) {
      length--;
    }
    mark(length);
  }

  private void mark(int length) {
    if (length == 0 || (count > 0 && beginnings[count - 1] == length)) {
      return;
    }
    if (count == MAX_BEGINNINGS) {
      System.arraycopy(beginnings, 1, beginnings, 0, --count);
    }
    beginnings[count++] = length;
  }
}
