// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.credit;

import io.gcpo.advantage.server.linalg.Interruption;
import io.gcpo.advantage.server.linalg.SymmetricMatrix;

/**
 * The players of a game with exact copies merged: a type is a rollout and the number of times that
 * it occurs. Of m copies only their number matters to the value of a set, so that m + 1 sets stand
 * for 2^m. Immutable.
 */
final class PlayerTypes {
  /*
   * Types are in ascending order of multiplicity. The walk over sets spends the matrix work of a
   * step on the types behind it; with the many copies behind, most steps have few or none.
   */
  private final int[] typeOf;
  private final int[] multiplicities;
  private final SymmetricMatrix matrix;

  private PlayerTypes(int[] typeOf, int[] multiplicities, SymmetricMatrix matrix) {
    this.typeOf = typeOf;
    this.multiplicities = multiplicities;
    this.matrix = matrix;
  }

  /** Merges players i and j whose rows are equal bit by bit, A_ij = A_ii = A_jj included. */
  static PlayerTypes of(SymmetricMatrix players) {
    int[] original = new int[players.size()];
    int[] copies = new int[players.size()];
    int types = 0;
    for (int i = 0; i < original.length; i++) {
      Interruption.check();
      int first = 0;
      while (first < i && !areCopies(players, first, i)) {
        first++;
      }
      original[i] = first;
      copies[first]++;
      types += first == i ? 1 : 0;
    }
    int[] order = ascending(copies, types);
    int[] multiplicities = new int[types];
    int[] rank = new int[original.length];
    for (int type = 0; type < types; type++) {
      multiplicities[type] = copies[order[type]];
      rank[order[type]] = type;
    }
    int[] typeOf = new int[original.length];
    for (int i = 0; i < original.length; i++) {
      typeOf[i] = rank[original[i]];
    }
    return new PlayerTypes(typeOf, multiplicities, players.principal(order));
  }

  /** Types. */
  int count() {
    return multiplicities.length;
  }

  /** Players. */
  int players() {
    return typeOf.length;
  }

  /** The type of a player. */
  int typeOf(int player) {
    return typeOf[player];
  }

  /** How often a type occurs, >= 1; ascending. */
  int multiplicity(int type) {
    return multiplicities[type];
  }

  /** A of one player of each type. */
  SymmetricMatrix matrix() {
    return matrix;
  }

  /** The number of sets to tell apart: the product of multiplicity + 1. */
  double sets() {
    double sets = 1;
    for (int multiplicity : multiplicities) {
      sets *= multiplicity + 1;
    }
    return sets;
  }

  /** The players with copies > 0 by their number of copies; equal ones keep their order. */
  private static int[] ascending(int[] copies, int types) {
    int[] order = new int[types];
    int sorted = 0;
    for (int i = 0; i < copies.length; i++) {
      if (copies[i] == 0) {
        continue;
      }
      int position = sorted++;
      while (position > 0 && copies[order[position - 1]] > copies[i]) {
        order[position] = order[position - 1];
        position--;
      }
      order[position] = i;
    }
    return order;
  }

  private static boolean areCopies(SymmetricMatrix matrix, int i, int j) {
    return matrix.get(i, j) == matrix.get(i, i) && Interchangeable.areInterchangeable(matrix, i, j);
  }
}
