// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.feature;

import java.util.Arrays;

/**
 * A bag of features, each a 64-bit number with a positive weight. Immutable.
 *
 * <p>Features are hashes (see {@link FeatureHash}): two that differ are taken for one with a
 * probability of 2^-64.
 */
public final class FeatureBag {
  private final long[] features; // ascending, each once
  private final long[] weights;
  private final long total;

  private FeatureBag(long[] features, long[] weights, long total) {
    this.features = features;
    this.weights = weights;
    this.total = total;
  }

  /** How many different features there are. */
  public int distinct() {
    return features.length;
  }

  /** Memory of the features and weights. */
  public long bytes() {
    return 2L * Long.BYTES * features.length;
  }

  /** The sum of the weights. */
  public long total() {
    return total;
  }

  /**
   * The Tanimoto similarity of weighted bags, {@code sum min(a_f, b_f) / sum max(a_f, b_f)}, in [0,
   * 1]: 1 for equal bags, two empty ones included, 0 for bags without a common feature. For weights
   * of 0 and 1 it is the Jaccard index. Linear in the features.
   *
   * <p>It is a positive semi-definite kernel: it is the probability that both bags have the same
   * minimum under a random order of the unit weights, hence a mean of block-diagonal matrices of
   * ones (Ioffe, "Improved consistent sampling", ICDM 2010). The empty bag counts as one with a
   * feature that no other has.
   */
  public double tanimoto(FeatureBag other) {
    long common = 0;
    int i = 0;
    int j = 0;
    while (i < features.length && j < other.features.length) {
      long mine = features[i];
      long others = other.features[j];
      if (mine == others) {
        common += Math.min(weights[i], other.weights[j]);
      }
      // No branch on which is smaller: hashes leave nothing to predict.
      i += mine <= others ? 1 : 0;
      j += others <= mine ? 1 : 0;
    }
    long all = total + other.total - common;
    return all == 0 ? 1 : (double) common / all;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof FeatureBag that
        && Arrays.equals(features, that.features)
        && Arrays.equals(weights, that.weights);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(features) + Arrays.hashCode(weights);
  }

  @Override
  public String toString() {
    return distinct() + " features of weight " + total;
  }

  /** Collects features. Confined to one thread. */
  public static final class Builder {
    private long[] features = new long[64];
    private int[] weights = new int[64];
    private int count;

    /**
     * Adds a feature; the weights of one that is added several times sum.
     *
     * @param weight >= 1
     */
    public void add(long feature, int weight) {
      if (weight < 1) {
        throw new IllegalArgumentException("weight: " + weight + " (expected: >= 1)");
      }
      if (count == features.length) {
        features = Arrays.copyOf(features, 2 * count);
        weights = Arrays.copyOf(weights, 2 * count);
      }
      features[count] = feature;
      weights[count++] = weight;
    }

    /** Adds what was added to another builder. */
    public void addAll(Builder other) {
      for (int i = 0; i < other.count; i++) {
        add(other.features[i], other.weights[i]);
      }
    }

    /** The bag of what was added. O(n log n) in the features added. */
    public FeatureBag build() {
      long[] distinct = Arrays.copyOf(features, count);
      Arrays.sort(distinct);
      int size = 0;
      for (int i = 0; i < count; i++) {
        if (i == 0 || distinct[i] != distinct[i - 1]) {
          distinct[size++] = distinct[i];
        }
      }
      distinct = Arrays.copyOf(distinct, size);
      long[] sums = new long[size];
      long total = 0;
      for (int i = 0; i < count; i++) {
        sums[Arrays.binarySearch(distinct, features[i])] += weights[i];
        total += weights[i];
      }
      return new FeatureBag(distinct, sums, total);
    }
  }
}
