// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.steps.math;

/** What a token of a worked solution is. */
enum Symbol {
  /** A number; its value comes with it. */
  NUMBER,
  /** A number that was written as a share of something: 20 %, half; its value comes with it. */
  SHARE,
  /** The letter of an unknown; its character comes as the value. */
  UNKNOWN,
  PLUS,
  MINUS,
  TIMES,
  DIVIDE,
  POWER,
  OPEN,
  CLOSE,
  /** An equals sign, an approximate one included. */
  EQUALS,
  /** A word such as "is" that may stand for an equals sign. */
  COPULA,
  /** "of", which multiplies what follows by the share before it. */
  OF,
  /** Any other word or mark: a unit, a name, a comma. */
  WORD,
  /** The end of a sentence or a line. */
  BREAK;

  /** Whether it stands between two operands. */
  boolean isOperator() {
    return this == PLUS || this == MINUS || this == TIMES || this == DIVIDE || this == POWER;
  }

  /** Whether it is an operand. */
  boolean isOperand() {
    return this == NUMBER || this == SHARE || this == UNKNOWN;
  }
}
