// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.metrics;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * How different the rollouts of a set are from each other. A metric that was not asked for is
 * absent. Of the empty set all values are 0.
 *
 * <p>Metrics of the kernel K take K_ii as 1: a rollout with a zero embedding counts as one that is
 * like no other.
 *
 * @param count n
 * @param vendiScores effective numbers of dissimilar rollouts, in [1, n]
 * @param pairwiseDistances 1 - K_ij over i != j, in [0, 2]; 0 for n = 1
 * @param logDetVolume in [log(1 + n), n log 2]: log det(I + K), in nats
 * @param effectiveCount in [log2(1 + n), n]: log det(I + K) / log 2
 * @param effectiveRank in [1, n]: exp of the entropy of the normalised singular values of the unit
 *     embeddings (Roy and Vetterli 2007)
 * @param distinct in [1, n]: rollouts left when those with K_ij >= 1 - 1e-6 are taken for one
 * @param clusters of rollouts alike by a threshold that the caller chose
 * @param distinctNGrams distinct-1, -2, -3, in [0, 1]
 * @param selfBleu in [0, 1]; lower is more diverse; 0 for n = 1
 * @param uniqueTextRatio in [1 / n, 1]: different texts / n
 */
public record DiversityMetrics(
    int count,
    Optional<VendiScores> vendiScores,
    Optional<PairwiseDistances> pairwiseDistances,
    OptionalDouble logDetVolume,
    OptionalDouble effectiveCount,
    OptionalDouble effectiveRank,
    OptionalInt distinct,
    Optional<ClusterDiversity> clusters,
    Optional<DistinctNGrams> distinctNGrams,
    OptionalDouble selfBleu,
    OptionalDouble uniqueTextRatio) {

  /** Of a set of n rollouts, nothing measured yet. */
  public static Builder builder(int count) {
    return new Builder(count);
  }

  /** All doubles that are there, in the order of the components. */
  public DoubleStream doubles() {
    return Stream.of(
            vendiScores.stream()
                .flatMapToDouble(
                    vendi ->
                        DoubleStream.of(
                            vendi.orderHalf(),
                            vendi.orderOne(),
                            vendi.orderTwo(),
                            vendi.orderInfinity())),
            pairwiseDistances.stream()
                .flatMapToDouble(
                    distances ->
                        DoubleStream.of(distances.mean(), distances.min(), distances.max())),
            logDetVolume.stream(),
            effectiveCount.stream(),
            effectiveRank.stream(),
            clusters.stream().mapToDouble(ClusterDiversity::entropy),
            distinctNGrams.stream()
                .flatMapToDouble(
                    distinctN ->
                        DoubleStream.of(
                            distinctN.unigrams(), distinctN.bigrams(), distinctN.trigrams())),
            selfBleu.stream(),
            uniqueTextRatio.stream())
        .flatMapToDouble(values -> values);
  }

  /** Collects what was measured. Confined to one thread. */
  public static final class Builder {
    private final int count;
    private Optional<VendiScores> vendiScores = Optional.empty();
    private Optional<PairwiseDistances> pairwiseDistances = Optional.empty();
    private OptionalDouble logDetVolume = OptionalDouble.empty();
    private OptionalDouble effectiveCount = OptionalDouble.empty();
    private OptionalDouble effectiveRank = OptionalDouble.empty();
    private OptionalInt distinct = OptionalInt.empty();
    private Optional<ClusterDiversity> clusters = Optional.empty();
    private Optional<DistinctNGrams> distinctNGrams = Optional.empty();
    private OptionalDouble selfBleu = OptionalDouble.empty();
    private OptionalDouble uniqueTextRatio = OptionalDouble.empty();

    private Builder(int count) {
      this.count = count;
    }

    /** See {@link DiversityMetrics#vendiScores}. */
    public Builder vendiScores(VendiScores value) {
      vendiScores = Optional.of(value);
      return this;
    }

    /** See {@link DiversityMetrics#pairwiseDistances}. */
    public Builder pairwiseDistances(PairwiseDistances value) {
      pairwiseDistances = Optional.of(value);
      return this;
    }

    /** See {@link DiversityMetrics#logDetVolume}. */
    public Builder logDetVolume(double value) {
      logDetVolume = OptionalDouble.of(value);
      return this;
    }

    /** See {@link DiversityMetrics#effectiveCount}. */
    public Builder effectiveCount(double value) {
      effectiveCount = OptionalDouble.of(value);
      return this;
    }

    /** See {@link DiversityMetrics#effectiveRank}. */
    public Builder effectiveRank(double value) {
      effectiveRank = OptionalDouble.of(value);
      return this;
    }

    /** See {@link DiversityMetrics#distinct}. */
    public Builder distinct(int value) {
      distinct = OptionalInt.of(value);
      return this;
    }

    /** See {@link DiversityMetrics#clusters}. */
    public Builder clusters(ClusterDiversity value) {
      clusters = Optional.of(value);
      return this;
    }

    /** See {@link DiversityMetrics#distinctNGrams}. */
    public Builder distinctNGrams(DistinctNGrams value) {
      distinctNGrams = Optional.of(value);
      return this;
    }

    /** See {@link DiversityMetrics#selfBleu}. */
    public Builder selfBleu(double value) {
      selfBleu = OptionalDouble.of(value);
      return this;
    }

    /** See {@link DiversityMetrics#uniqueTextRatio}. */
    public Builder uniqueTextRatio(double value) {
      uniqueTextRatio = OptionalDouble.of(value);
      return this;
    }

    /** What was collected. */
    public DiversityMetrics build() {
      return new DiversityMetrics(
          count,
          vendiScores,
          pairwiseDistances,
          logDetVolume,
          effectiveCount,
          effectiveRank,
          distinct,
          clusters,
          distinctNGrams,
          selfBleu,
          uniqueTextRatio);
    }
  }
}
