// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.steps.math;

import java.util.Arrays;

/** A growing list of tokens, in arrays so that a long text makes no garbage. One thread's. */
final class Tokens {
  private Symbol[] symbols = new Symbol[64];
  private double[] values = new double[64];
  private int size;

  /** Appends a token without a value. */
  void add(Symbol symbol) {
    add(symbol, 0);
  }

  /** Appends a token. */
  void add(Symbol symbol, double value) {
    if (size == symbols.length) {
      symbols = Arrays.copyOf(symbols, 2 * size);
      values = Arrays.copyOf(values, 2 * size);
    }
    symbols[size] = symbol;
    values[size++] = value;
  }

  /** Appends an equals sign or a word for it; several in a row are one: "is equal to", "= ≈". */
  void addEquality(Symbol symbol) {
    if (last() == Symbol.COPULA) {
      truncate(size - 1);
    }
    if (last() != Symbol.EQUALS) {
      add(symbol);
    }
  }

  /** Makes the number that comes last a share: 20 is 20 %. */
  void makePercentage() {
    symbols[size - 1] = Symbol.SHARE;
    values[size - 1] /= 100;
  }

  /** Drops tokens from the end until {@code length} are left. */
  void truncate(int length) {
    size = Math.min(size, length);
  }

  int size() {
    return size;
  }

  Symbol symbol(int index) {
    return symbols[index];
  }

  double value(int index) {
    return values[index];
  }

  /** The last token; BREAK where there is none. */
  Symbol last() {
    return size == 0 ? Symbol.BREAK : symbols[size - 1];
  }
}
