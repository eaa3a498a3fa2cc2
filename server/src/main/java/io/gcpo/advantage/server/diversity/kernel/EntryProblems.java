// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import java.util.ArrayList;
import java.util.List;

/** What is wrong with single entries of a matrix of similarities. Confined to one thread. */
final class EntryProblems {
  /** Enough to see the pattern; a whole matrix may be wrong. */
  private static final int REPORTED = 10;

  private static final double TOLERANCE = PrecomputedCheck.TOLERANCE;

  private final List<String> first = new ArrayList<>();
  private int total;

  private EntryProblems() {}

  /**
   * Looks at [n, n] values, row by row. An entry has one problem at most; a pair that differs is
   * one of the entry above the diagonal.
   */
  static EntryProblems of(int count, double... values) {
    EntryProblems problems = new EntryProblems();
    if (values.length != (long) count * count) {
      problems.add(values.length + " values (expected: " + count + " * " + count + ", row by row)");
      return problems;
    }
    for (int row = 0; row < count; row++) {
      for (int column = 0; column < count; column++) {
        double value = values[row * count + column];
        double mirrored = values[column * count + row];
        if (!isSimilarity(value)) {
          problems.add(row, column, value, "in [-1, 1]");
        } else if (row == column && Math.abs(value - 1) > TOLERANCE) {
          problems.add(row, column, value, "1");
        } else if (row < column
            && isSimilarity(mirrored)
            && Math.abs(value - mirrored) > TOLERANCE) {
          problems.add(row, column, value, mirrored + ", as [" + column + "][" + row + "]");
        }
      }
    }
    return problems;
  }

  private void add(String problem) {
    if (total++ < REPORTED) {
      first.add(problem);
    }
  }

  int total() {
    return total;
  }

  CheckedSimilarities.Rejected toRejection() {
    return new CheckedSimilarities.Rejected(first, total - first.size());
  }

  private void add(int row, int column, double value, String expected) {
    add("[" + row + "][" + column + "]: " + value + " (expected: " + expected + ")");
  }

  /** False for NaN. */
  private static boolean isSimilarity(double value) {
    return Math.abs(value) <= 1 + TOLERANCE;
  }
}
