// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.metrics;

/** Measures the diversity of a set of rollouts. Stateless. */
public final class DiversityMeter {
  private DiversityMeter() {}

  /**
   * What was chosen, and nothing else. O(n^3) for metrics of the kernel, linear in the length of
   * the texts for the others.
   *
   * @throws IllegalArgumentException if the set lacks what a chosen metric needs
   */
  public static DiversityMetrics measure(DiversityChoice choice, RolloutSet rollouts) {
    choice.metrics().forEach(metric -> requireInput(metric, rollouts));
    MeasuredSet set = new MeasuredSet(rollouts);
    DiversityMetrics.Builder results = DiversityMetrics.builder(rollouts.count());
    for (DiversityMetric metric : choice.metrics()) {
      results =
          switch (metric) {
            case VENDI_SCORE -> results.vendiScores(VendiScores.of(set.spectrum()));
            case PAIRWISE_DISTANCE -> results.pairwiseDistances(PairwiseDistances.of(set.kernel()));
            case LOG_DET_VOLUME -> results.logDetVolume(set.logDetVolume());
            case EFFECTIVE_COUNT ->
                results.effectiveCount(LogDetVolume.effectiveCount(set.logDetVolume()));
            case EFFECTIVE_RANK -> results.effectiveRank(EffectiveRank.of(set.spectrum()));
            case DISTINCT -> results.distinct(DistinctRollouts.of(set.kernel()));
            case CLUSTERS ->
                results.clusters(ClusterDiversity.of(set.kernel(), choice.clusterThreshold()));
            case DISTINCT_N -> results.distinctNGrams(DistinctNGrams.of(set::nGrams));
            case SELF_BLEU -> results.selfBleu(SelfBleu.of(set::nGrams));
            case UNIQUE_TEXT_RATIO -> results.uniqueTextRatio(UniqueTexts.ratio(set.texts()));
          };
    }
    return results.build();
  }

  private static void requireInput(DiversityMetric metric, RolloutSet rollouts) {
    if (metric.needsSimilarity() && rollouts.similarity().isEmpty()) {
      throw new IllegalArgumentException(
          "similarity: none (expected: a kernel, for " + metric + ")");
    }
    if (metric.needsTexts() && rollouts.texts().isEmpty()) {
      throw new IllegalArgumentException(
          "texts: none (expected: one for each rollout, for " + metric + ")");
    }
  }
}
