// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class FeatureBagTest {

  @Test
  void tanimoto_weightedBags_isSharedWeightOfAllWeight() {
    FeatureBag a = bag(Map.of(1L, 3, 2L, 1, 3L, 2));
    FeatureBag b = bag(Map.of(1L, 1, 3L, 5, -4L, 1));
    assertThat(a.tanimoto(b)).isEqualTo((1 + 2) / (3.0 + 1 + 5 + 1));
    assertThat(a.total()).isEqualTo(6);
    assertThat(a.distinct()).isEqualTo(3);
  }

  @Test
  void tanimoto_emptyBags_areLikeEachOtherOnly() {
    FeatureBag empty = bag(Map.of());
    assertThat(empty.tanimoto(bag(Map.of()))).isEqualTo(1);
    assertThat(empty.tanimoto(bag(Map.of(0L, 1)))).isZero();
    assertThat(bag(Map.of(0L, 1)).tanimoto(empty)).isZero();
  }

  @Test
  void tanimoto_weightsBeyondAnInt_doNotOverflow() {
    FeatureBag.Builder builder = new FeatureBag.Builder();
    for (int k = 0; k < 4; k++) {
      builder.add(7, Integer.MAX_VALUE);
    }
    assertThat(builder.build().total()).isEqualTo(4L * Integer.MAX_VALUE);
    assertThat(builder.build().tanimoto(bag(Map.of(7L, Integer.MAX_VALUE)))).isEqualTo(0.25);
  }

  @Test
  void add_weightBelowOne_isRefused() {
    assertThatThrownBy(() -> new FeatureBag.Builder().add(1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("weight: 0 (expected: >= 1)");
  }

  @Test
  void build_thenAdd_leavesTheBagAsItWas() {
    FeatureBag.Builder builder = new FeatureBag.Builder();
    builder.add(1, 1);
    FeatureBag before = builder.build();
    builder.add(2, 1);
    assertThat(before).isEqualTo(bag(Map.of(1L, 1))).isNotEqualTo(builder.build());
  }

  @Test
  void bags_random_agreeWithHashMaps() {
    for (int seed = 0; seed < 1000; seed++) {
      Random random = new Random(seed);
      Map<Long, Integer> plainA = new HashMap<>();
      Map<Long, Integer> plainB = new HashMap<>();
      FeatureBag a = random(random, plainA);
      FeatureBag b = random(random, plainB);
      assertThat(a.distinct()).as("seed %d", seed).isEqualTo(plainA.size());
      assertThat(a.total()).as("seed %d", seed).isEqualTo(plainTotal(plainA));
      assertThat(a.tanimoto(b)).as("seed %d", seed).isEqualTo(plainTanimoto(plainA, plainB));
      assertThat(b.tanimoto(a)).as("seed %d", seed).isEqualTo(a.tanimoto(b));
      assertThat(a.tanimoto(a)).as("seed %d", seed).isEqualTo(1);
      assertThat(a.equals(b)).as("seed %d", seed).isEqualTo(plainA.equals(plainB));
      assertThat(a)
          .as("seed %d", seed)
          .isEqualTo(bag(plainA))
          .hasSameHashCodeAs(bag(plainA))
          .hasToString(plainA.size() + " features of weight " + plainTotal(plainA));
    }
  }

  /** Up to 300 additions, so that the builder grows, of 1 to 40 features at the ends of a long. */
  private static FeatureBag random(Random random, Map<Long, Integer> plain) {
    FeatureBag.Builder builder = new FeatureBag.Builder();
    int additions = random.nextInt(10) == 0 ? random.nextInt(300) : random.nextInt(6);
    int features = 1 + random.nextInt(40);
    for (int k = 0; k < additions; k++) {
      long feature = random.nextInt(features);
      feature = random.nextBoolean() ? Long.MIN_VALUE + feature : Long.MAX_VALUE - feature;
      int weight = 1 + random.nextInt(5);
      builder.add(feature, weight);
      plain.merge(feature, weight, Integer::sum);
    }
    return builder.build();
  }

  @Test
  void addAll_ofABuilder_isAddingEach() {
    FeatureBag.Builder own = new FeatureBag.Builder();
    own.add(1, 2);
    FeatureBag.Builder other = new FeatureBag.Builder();
    other.add(1, 3);
    other.add(7, 1);
    own.addAll(other);
    assertThat(own.build()).isEqualTo(bag(Map.of(1L, 5, 7L, 1)));
  }

  private static FeatureBag bag(Map<Long, Integer> weights) {
    FeatureBag.Builder builder = new FeatureBag.Builder();
    weights.forEach(builder::add);
    return builder.build();
  }

  private static long plainTotal(Map<Long, Integer> weights) {
    return weights.values().stream().mapToLong(weight -> weight).sum();
  }

  private static double plainTanimoto(Map<Long, Integer> a, Map<Long, Integer> b) {
    Set<Long> features = new HashSet<>(a.keySet());
    features.addAll(b.keySet());
    double min = 0;
    double max = 0;
    for (long feature : features) {
      min += Math.min(a.getOrDefault(feature, 0), b.getOrDefault(feature, 0));
      max += Math.max(a.getOrDefault(feature, 0), b.getOrDefault(feature, 0));
    }
    return features.isEmpty() ? 1 : min / max;
  }
}
