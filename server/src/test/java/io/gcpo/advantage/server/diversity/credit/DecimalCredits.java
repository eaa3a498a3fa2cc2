// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.credit;

import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import io.gcpo.advantage.server.testing.DecimalLogarithm;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.function.IntFunction;

/** Credits by enumeration with 60 digits, from the very doubles of a game's matrix. */
final class DecimalCredits {
  private static final MathContext CONTEXT = new MathContext(60);

  private final int players;
  private final BigDecimal[] values;

  DecimalCredits(SymmetricMatrix matrix, Volume volume) {
    players = matrix.size();
    values = new BigDecimal[1 << players];
    for (int mask = 0; mask < values.length; mask++) {
      BigDecimal determinant = determinant(matrix, mask);
      values[mask] =
          volume == Volume.DET
              ? determinant.subtract(BigDecimal.ONE)
              : DecimalLogarithm.of(determinant);
    }
  }

  BigDecimal teamValue() {
    return values[values.length - 1];
  }

  BigDecimal of(Allocation allocation, int player) {
    return switch (allocation) {
      case SHAPLEY ->
          semivalue(player, size -> binomial(players - 1, size).multiply(integer(players)));
      case BANZHAF -> semivalue(player, size -> integer(2).pow(players - 1));
      case LEAVE_ONE_OUT -> lastMarginal(player).multiply(leaveOneOutScale());
      case MATRIX_LOG -> throw new IllegalArgumentException("no average of marginals");
    };
  }

  /** v(N) over the sum of the last marginals. */
  BigDecimal leaveOneOutScale() {
    BigDecimal sum = BigDecimal.ZERO;
    for (int i = 0; i < players; i++) {
      sum = sum.add(lastMarginal(i));
    }
    return teamValue().divide(sum, CONTEXT);
  }

  private BigDecimal lastMarginal(int player) {
    return teamValue().subtract(values[(values.length - 1) ^ (1 << player)]);
  }

  private BigDecimal semivalue(int player, IntFunction<BigDecimal> inverseWeight) {
    BigDecimal sum = BigDecimal.ZERO;
    for (int mask = 0; mask < values.length; mask++) {
      if ((mask & (1 << player)) == 0) {
        BigDecimal marginal = values[mask | (1 << player)].subtract(values[mask]);
        BigDecimal divisor = inverseWeight.apply(Integer.bitCount(mask));
        sum = sum.add(marginal.divide(divisor, CONTEXT));
      }
    }
    return sum;
  }

  /** det(I + A_S) by elimination; its pivots are at least 1. */
  private BigDecimal determinant(SymmetricMatrix matrix, int mask) {
    BigDecimal[][] rest = new BigDecimal[players][players];
    for (int i = 0; i < players; i++) {
      for (int k = 0; k < players; k++) {
        boolean inSet = (mask >> i & 1) == 1 && (mask >> k & 1) == 1;
        BigDecimal entry = inSet ? new BigDecimal(matrix.get(i, k)) : BigDecimal.ZERO;
        rest[i][k] = i == k ? entry.add(BigDecimal.ONE) : entry;
      }
    }
    BigDecimal determinant = BigDecimal.ONE;
    for (int given = 0; given < players; given++) {
      determinant = determinant.multiply(rest[given][given], CONTEXT);
      for (int i = given + 1; i < players; i++) {
        BigDecimal factor = rest[i][given].divide(rest[given][given], CONTEXT);
        for (int k = given + 1; k < players && factor.signum() != 0; k++) {
          rest[i][k] = rest[i][k].subtract(factor.multiply(rest[given][k], CONTEXT), CONTEXT);
        }
      }
    }
    return determinant;
  }

  private static BigDecimal binomial(int n, int k) {
    BigDecimal binomial = BigDecimal.ONE;
    for (int i = 1; i <= k; i++) {
      binomial = binomial.multiply(integer(n - k + i)).divide(integer(i), CONTEXT);
    }
    return binomial;
  }

  private static BigDecimal integer(int value) {
    return BigDecimal.valueOf(value);
  }
}
