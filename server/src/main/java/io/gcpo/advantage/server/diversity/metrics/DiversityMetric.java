// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.metrics;

/** What can be measured of a set of rollouts; each is measured only where it is asked for. */
public enum DiversityMetric {
  /** {@link VendiScores}. */
  VENDI_SCORE(Input.SIMILARITY),
  /** {@link PairwiseDistances}. */
  PAIRWISE_DISTANCE(Input.SIMILARITY),
  /** {@link LogDetVolume}. */
  LOG_DET_VOLUME(Input.SIMILARITY),
  /** The volume in units of one rollout alone, {@link LogDetVolume#effectiveCount}. */
  EFFECTIVE_COUNT(Input.SIMILARITY),
  /** {@link EffectiveRank}. */
  EFFECTIVE_RANK(Input.SIMILARITY),
  /** {@link DistinctRollouts}. */
  DISTINCT(Input.SIMILARITY),
  /** {@link ClusterDiversity}. */
  CLUSTERS(Input.SIMILARITY),
  /** {@link DistinctNGrams}. */
  DISTINCT_N(Input.TEXTS),
  /** {@link SelfBleu}. */
  SELF_BLEU(Input.TEXTS),
  /** {@link UniqueTexts}. */
  UNIQUE_TEXT_RATIO(Input.TEXTS);

  private enum Input {
    SIMILARITY,
    TEXTS
  }

  private final Input input;

  DiversityMetric(Input input) {
    this.input = input;
  }

  /** Whether it is measured on the similarity kernel. */
  public boolean needsSimilarity() {
    return input == Input.SIMILARITY;
  }

  /** Whether it is measured on the texts. */
  public boolean needsTexts() {
    return input == Input.TEXTS;
  }
}
