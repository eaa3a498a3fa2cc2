// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Pairs of rollouts, each with its similarity and whether it ought to be high, and how well the one
 * tells the other. Confined to one thread.
 */
final class LabelledPairs {
  private static final int RESAMPLES = 1000;
  private static final int SEED = 5;

  private record Pair(int group, double similarity, boolean alike) {}

  private final List<Pair> pairs = new ArrayList<>();

  /** Adds a pair of one group; groups are numbered from 0. */
  void add(int group, double similarity, boolean alike) {
    pairs.add(new Pair(group, similarity, alike));
  }

  int count() {
    return pairs.size();
  }

  int countAlike() {
    return (int) pairs.stream().filter(Pair::alike).count();
  }

  /**
   * The area under the ROC curve: the probability that a pair that is alike is more similar than
   * one that is not, over all such combinations, ties counted 1/2. NaN without either kind.
   */
  double area() {
    int[] once = new int[groups()];
    Arrays.fill(once, 1);
    return area(sorted(), once);
  }

  /**
   * The bootstrap percentile interval of the area, 95 %: groups, not pairs, are drawn with
   * replacement, as the pairs of a group are not independent. Draws that lack a kind of pair are
   * drawn again. NaN without either kind.
   */
  Interval interval() {
    if (countAlike() == 0 || countAlike() == count()) {
      return new Interval(Double.NaN, Double.NaN);
    }
    List<Pair> sorted = sorted();
    int[] present = pairs.stream().mapToInt(Pair::group).distinct().toArray();
    Random random = new Random(SEED);
    double[] areas = new double[RESAMPLES];
    for (int sample = 0; sample < RESAMPLES; sample++) {
      do {
        int[] drawn = new int[groups()];
        for (int i = 0; i < present.length; i++) {
          drawn[present[random.nextInt(present.length)]]++;
        }
        areas[sample] = area(sorted, drawn);
      } while (Double.isNaN(areas[sample]));
    }
    Arrays.sort(areas);
    return new Interval(areas[RESAMPLES / 40 - 1], areas[RESAMPLES - RESAMPLES / 40]);
  }

  /** From the 2.5th to the 97.5th percentile. */
  record Interval(double low, double high) {}

  private int groups() {
    return pairs.stream().mapToInt(Pair::group).max().orElse(-1) + 1;
  }

  private List<Pair> sorted() {
    return pairs.stream().sorted(Comparator.comparingDouble(Pair::similarity)).toList();
  }

  private static double area(List<Pair> sorted, int[] timesDrawn) {
    double area = 0;
    double unlikeBelow = 0;
    double allAlike = 0;
    int next = 0;
    while (next < sorted.size()) {
      double similarity = sorted.get(next).similarity();
      double alike = 0;
      double unlike = 0;
      while (next < sorted.size() && sorted.get(next).similarity() == similarity) {
        Pair pair = sorted.get(next++);
        if (pair.alike()) {
          alike += timesDrawn[pair.group()];
        } else {
          unlike += timesDrawn[pair.group()];
        }
      }
      area += alike * (unlikeBelow + unlike / 2);
      unlikeBelow += unlike;
      allAlike += alike;
    }
    return area / (allAlike * unlikeBelow);
  }
}
