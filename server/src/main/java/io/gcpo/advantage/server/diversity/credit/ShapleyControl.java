// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.credit;

import io.gcpo.advantage.server.linalg.SymmetricEigen;
import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * A control variate for the Shapley value of LOGDET: a guess of each player's marginal contribution
 * in an order of arrival, of which the mean over all orders is known. Immutable.
 */
final class ShapleyControl {
  /*
   * The guess for sets of s others is a mean field with q = s / (n - 1), made at s = 0, 1, 2, 4, 8,
   * ... n - 1 and mixed linearly between: it changes fast where sets are small. Among the sets of one
   * size each other player is a member with probability q, so that the effects of members less q
   * times the effects of all have mean 0, whatever the effects are.
   */
  private final int[] sizes;
  private final MeanField[] fields;

  private ShapleyControl(int[] sizes, MeanField[] fields) {
    this.sizes = sizes;
    this.fields = fields;
  }

  /** O(n^3 log n) time, O(n^2 log n) memory. */
  static ShapleyControl of(SymmetricMatrix matrix) {
    SymmetricEigen eigen = SymmetricEigen.of(matrix);
    int last = matrix.size() - 1;
    int[] sizes =
        IntStream.concat(
                IntStream.of(0, last), IntStream.iterate(1, size -> size < last, size -> 2 * size))
            .sorted()
            .distinct()
            .toArray();
    MeanField[] fields = new MeanField[sizes.length];
    for (int k = 0; k < sizes.length; k++) {
      fields[k] = MeanField.of(eigen, (double) sizes[k] / Math.max(1, last));
    }
    return new ShapleyControl(sizes, fields);
  }

  /** The guess of what the player at a position of an order adds to those before it. */
  double guess(int[] order, int position) {
    int player = order[position];
    return mixed(position, field -> field.marginal(player, order, position));
  }

  /** The mean of a player's guess over all orders. */
  double expectation(int player) {
    int players = sizes[sizes.length - 1] + 1;
    double sum = 0;
    for (int position = 0; position < players; position++) {
      sum += mixed(position, field -> field.marginal(player));
    }
    return sum / players;
  }

  /** Between the two fields around a size, linear in the size. */
  private double mixed(int size, ToDoubleFunction<MeanField> value) {
    int found = Arrays.binarySearch(sizes, size);
    if (found >= 0) {
      return value.applyAsDouble(fields[found]);
    }
    int upper = -found - 1;
    double fraction = (double) (size - sizes[upper - 1]) / (sizes[upper] - sizes[upper - 1]);
    return (1 - fraction) * value.applyAsDouble(fields[upper - 1])
        + fraction * value.applyAsDouble(fields[upper]);
  }
}
