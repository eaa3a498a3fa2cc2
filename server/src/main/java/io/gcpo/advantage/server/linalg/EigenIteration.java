// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.linalg;

/**
 * The implicit QR iteration with Wilkinson's shift on a tridiagonal matrix: Givens rotations chase
 * the bulge of a shifted step down the band until the last coupling is negligible (Golub and Van
 * Loan, Matrix Computations, section 8.3). Used once, by one thread.
 */
final class EigenIteration {
  private static final double UNIT_ROUNDOFF = 0x1p-53;

  /** Two or three steps an eigenvalue are the rule. */
  private static final int MAX_STEPS_PER_VALUE = 60;

  private final double[] diagonal;
  private final double[] offDiagonal;
  private final double[][] vectors;
  private final double negligible;

  EigenIteration(Tridiagonal tridiagonal) {
    this.diagonal = tridiagonal.diagonal();
    this.offDiagonal = tridiagonal.offDiagonal();
    this.vectors = tridiagonal.transposedBasis();
    this.negligible = UNIT_ROUNDOFF * largestRow();
  }

  /** The eigenvalues, in no order, after {@link #run}. */
  double[] diagonal() {
    return diagonal;
  }

  /** Row k is the eigenvector of value k. */
  double[][] vectors() {
    return vectors;
  }

  void run() {
    int steps = 0;
    int last = diagonal.length - 1;
    while (last > 0) {
      Interruption.check();
      if (isNegligible(last - 1)) {
        offDiagonal[last - 1] = 0;
        last--;
        steps = 0;
        continue;
      }
      int first = last - 1;
      while (first > 0 && !isNegligible(first - 1)) {
        first--;
      }
      if (++steps > MAX_STEPS_PER_VALUE) {
        throw new IllegalStateException("eigenvalue " + last + ": no convergence");
      }
      step(first, last);
    }
  }

  /** Positions of the eigenvalues from the smallest to the largest; equal ones keep their order. */
  int[] ascendingOrder() {
    int[] order = new int[diagonal.length];
    for (int i = 0; i < order.length; i++) {
      int position = i;
      while (position > 0 && diagonal[order[position - 1]] > diagonal[i]) {
        order[position] = order[position - 1];
        position--;
      }
      order[position] = i;
    }
    return order;
  }

  /** Beside the largest entries, not beside its neighbours: the reduction left as much noise. */
  private boolean isNegligible(int k) {
    return Math.abs(offDiagonal[k]) <= negligible;
  }

  private double largestRow() {
    double largest = 0;
    for (int k = 0; k < diagonal.length; k++) {
      largest = Math.max(largest, Math.abs(diagonal[k]) + Math.abs(offDiagonal[k]));
    }
    return largest;
  }

  private void step(int first, int last) {
    double x = diagonal[first] - shift(last);
    double bulge = offDiagonal[first];
    for (int k = first; k < last; k++) {
      double radius = Math.sqrt(x * x + bulge * bulge);
      double cosine = radius == 0 ? 1 : x / radius;
      double sine = radius == 0 ? 0 : bulge / radius;
      if (k > first) {
        offDiagonal[k - 1] = radius;
      }
      rotate(k, cosine, sine);
      if (k + 1 < last) {
        x = offDiagonal[k];
        bulge = sine * offDiagonal[k + 1];
        offDiagonal[k + 1] *= cosine;
      }
    }
  }

  /** The eigenvalue of the trailing 2 x 2 block that is closer to its last entry. */
  private double shift(int last) {
    double half = (diagonal[last - 1] - diagonal[last]) / 2;
    double coupling = offDiagonal[last - 1];
    double root = Math.sqrt(half * half + coupling * coupling);
    return diagonal[last] - coupling * (coupling / (half + Math.copySign(root, half)));
  }

  /** Turns rows and columns k, k + 1 by the rotation, and the vectors with them. */
  private void rotate(int k, double cosine, double sine) {
    double upper = diagonal[k];
    double lower = diagonal[k + 1];
    double coupling = offDiagonal[k];
    double cross = 2 * cosine * sine * coupling;
    diagonal[k] = cosine * cosine * upper + cross + sine * sine * lower;
    diagonal[k + 1] = sine * sine * upper - cross + cosine * cosine * lower;
    offDiagonal[k] = cosine * sine * (lower - upper) + (cosine * cosine - sine * sine) * coupling;
    if (vectors.length == 0) {
      return;
    }
    double[] row = vectors[k];
    double[] next = vectors[k + 1];
    for (int j = 0; j < row.length; j++) {
      double a = row[j];
      double b = next[j];
      row[j] = cosine * a + sine * b;
      next[j] = cosine * b - sine * a;
    }
  }
}
