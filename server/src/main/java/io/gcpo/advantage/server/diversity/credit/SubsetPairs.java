// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.credit;

import io.gcpo.advantage.server.linalg.ConditionalDiagonal;
import io.gcpo.advantage.server.linalg.LogOnePlus;
import io.gcpo.advantage.server.linalg.SchurComplement;
import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import java.util.stream.IntStream;

/**
 * Estimates of Banzhaf values of LOGDET: what each player adds to a random set of the others, to
 * which each belongs with probability 1/2, averaged with what it adds to the set of the rest.
 * Confined to one thread.
 */
final class SubsetPairs implements PairSource {
  /*
   * One random set S gives a pair of estimates to every player i: S without i and the complement
   * without i are equally likely sets of others. A member adds log(1 + c_i) to both, with c_i its
   * volume given the other members, and given the complement. To a game in which players interact
   * in pairs only, the pair's mean is exact: who is in one set is not in the other.
   */
  private final double[][] matrix;
  private final SeededNumbers numbers;

  SubsetPairs(SymmetricMatrix matrix, int seed) {
    this.matrix = matrix.toRows();
    numbers = new SeededNumbers(seed);
  }

  @Override
  public double[][] next(int pairs) {
    double[][] estimates = new double[pairs][];
    for (int pair = 0; pair < pairs; pair++) {
      estimates[pair] = nextPair();
    }
    return estimates;
  }

  private double[] nextPair() {
    boolean[] member = new boolean[matrix.length];
    for (int i = 0; i < member.length; i++) {
      member[i] = numbers.nextBoolean();
    }
    int[] inside = IntStream.range(0, member.length).filter(i -> member[i]).toArray();
    int[] outside = IntStream.range(0, member.length).filter(i -> !member[i]).toArray();
    double[] estimates = new double[matrix.length];
    addMarginals(inside, outside, estimates);
    addMarginals(outside, inside, estimates);
    return estimates;
  }

  /** Adds half of what the players add to each other, and half of what they add to the others. */
  private void addMarginals(int[] players, int[] others, double[] estimates) {
    double[] givenPlayers = ConditionalDiagonal.of(SchurComplement.of(matrix, new int[0], players));
    double[][] givenOthers = SchurComplement.of(matrix, others, players);
    for (int k = 0; k < players.length; k++) {
      estimates[players[k]] =
          (LogOnePlus.of(givenPlayers[k]) + LogOnePlus.of(givenOthers[k][k])) / 2;
    }
  }
}
