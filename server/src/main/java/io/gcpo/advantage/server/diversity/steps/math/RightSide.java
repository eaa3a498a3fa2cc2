// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.steps.math;

import java.util.Optional;

/**
 * What stands on the right of an equals sign: operands and operators up to the first thing that is
 * neither, words before another operator left out. One thread's.
 */
final class RightSide {
  /** Words that may stand between an operand and the operator behind it. */
  private static final int MAX_GAP = 3;

  private static final int MAX_TOKENS = 256;

  private final Tokens tokens;
  private int end;

  RightSide(Tokens tokens) {
    this.tokens = tokens;
  }

  /** The side that begins at {@code start}, after at most {@code words} words. */
  Optional<Expression> read(int start, int words) {
    Tokens side = new Tokens();
    int depth = 0;
    boolean complete = false; // the side ends with an operand
    int index = skipWords(start, words);
    for (; index < tokens.size() && side.size() < MAX_TOKENS; index++) {
      Symbol symbol = tokens.symbol(index);
      if (symbol == Symbol.WORD && complete) {
        index = skipWords(index, MAX_GAP);
        symbol = tokens.symbol(index);
        if (!symbol.isOperator() && symbol != Symbol.CLOSE) {
          break;
        }
      }
      boolean fits =
          switch (symbol) {
            case NUMBER, SHARE, UNKNOWN, OPEN -> !complete;
            case MINUS -> complete || side.last() != Symbol.MINUS;
            case PLUS, TIMES, DIVIDE, POWER -> complete;
            case CLOSE -> complete && depth > 0;
            default -> false;
          };
      if (!fits) {
        break;
      }
      depth += symbol == Symbol.OPEN ? 1 : symbol == Symbol.CLOSE ? -1 : 0;
      complete = symbol.isOperand() || symbol == Symbol.CLOSE;
      side.add(symbol, tokens.value(index));
    }
    end = index;
    while (side.size() > 0 && (side.last().isOperator() || side.last() == Symbol.OPEN)) {
      depth -= side.last() == Symbol.OPEN ? 1 : 0;
      side.truncate(side.size() - 1);
    }
    // Cut off inside a bracket, what is read of it is something else.
    return depth == 0 ? ExpressionParser.parse(side) : Optional.empty();
  }

  /** Where the side read last ended, the words behind it included. */
  int end() {
    return end;
  }

  private int skipWords(int from, int most) {
    int index = from;
    while (index < from + most && tokens.symbol(index) == Symbol.WORD) {
      index++;
    }
    return index;
  }
}
