// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import io.gcpo.advantage.server.linalg.Vector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Mean and variance of the values of all groups of a batch, each value counted as often as its
 * weight says. They do not depend on the order of groups or rollouts, bit by bit: sums run over the
 * (value, weight) pairs in ascending order. O(n log n) for n rollouts.
 *
 * @param count the sum of the weights
 * @param mean 0 for an empty batch
 * @param squares the weighted sum of squared distances from the mean
 * @param spread the largest value minus the smallest; 0 for an empty batch
 */
record BatchMoments(double count, double mean, double squares, double spread) {

  /**
   * Of values [groups][m].
   *
   * @param weights of the same shape, each at least 1
   */
  static BatchMoments of(List<Vector> values, List<Vector> weights) {
    List<Item> items = sorted(values, weights);
    double count = 0;
    double sum = 0;
    for (Item item : items) {
      count += item.weight();
      sum += item.weight() * item.value();
    }
    return around(items.isEmpty() ? 0 : sum / count, items);
  }

  /** Of values whose mean is 0 by construction, so that a value of 0 is at no distance from it. */
  static BatchMoments ofCentered(List<Vector> values, List<Vector> weights) {
    return around(0, sorted(values, weights));
  }

  /** With divisor count - 1; of a count of at least 2. */
  double sampleVariance() {
    return squares / (count - 1);
  }

  /** With divisor count; of a count of at least 1. */
  double populationVariance() {
    return squares / count;
  }

  /**
   * (x - mean) / divisor for each of the values [groups][m] that these are the moments of; exact
   * zeros where they are a tie, whose divisor is not asked for.
   */
  List<Vector> standardise(
      List<Vector> values, double tieTolerance, ToDoubleFunction<BatchMoments> divisor) {
    if (spread <= tieTolerance) {
      return values.stream().map(x -> Vector.zero(x.size())).toList();
    }
    double unit = divisor.applyAsDouble(this);
    return values.stream().map(x -> Vector.of(x.size(), i -> (x.get(i) - mean) / unit)).toList();
  }

  private static BatchMoments around(double mean, List<Item> items) {
    double count = 0;
    double squares = 0;
    for (Item item : items) {
      count += item.weight();
      squares += item.weight() * (item.value() - mean) * (item.value() - mean);
    }
    double spread =
        items.isEmpty() ? 0 : items.get(items.size() - 1).value() - items.get(0).value();
    return new BatchMoments(count, mean, squares, spread);
  }

  private static List<Item> sorted(List<Vector> values, List<Vector> weights) {
    List<Item> items = new ArrayList<>();
    for (int group = 0; group < values.size(); group++) {
      for (int i = 0; i < values.get(group).size(); i++) {
        items.add(new Item(values.get(group).get(i), weights.get(group).get(i)));
      }
    }
    items.sort(Comparator.comparingDouble(Item::value).thenComparingDouble(Item::weight));
    return items;
  }

  private record Item(double value, double weight) {}
}
