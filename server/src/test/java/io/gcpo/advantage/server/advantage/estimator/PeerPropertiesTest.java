// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import static io.gcpo.advantage.server.advantage.estimator.Estimating.estimate;
import static io.gcpo.advantage.server.advantage.estimator.Estimating.largest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gcpo.advantage.server.advantage.parameter.Parameters;
import io.gcpo.advantage.server.linalg.Vector;
import io.gcpo.advantage.server.testing.RandomGroups;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds for all estimators at once, on random batches: sums, orders and ties. */
final class PeerPropertiesTest {
  private static final double TOLERANCE = 1e-9;

  /**
   * Equal rewards of a group are no tie for these: they are compared with other groups' or with the
   * greedy rollout's, not at all, or picked one after the other.
   */
  private static final Set<String> WITHOUT_GROUP_TIES =
      Set.of("REMAX", "PKPO", "REINFORCE_PLUS_PLUS", "REINFORCE_PLUS_PLUS_BASELINE", "MMR_GRPO");

  /** For these, equal rewards of unlike rollouts are no tie. */
  private static final Set<String> BY_DIVERSITY = Set.of("DRA_GRPO", "DARLING");

  @Test
  void estimate_answersEveryRolloutAndSumsToZeroWhereItSaysSo() {
    PeerBatches.forEach(
        (description, estimator, parameters, batch) -> {
          List<Estimate> estimates = estimate(estimator, parameters, batch);
          assertThat(estimates).as(description).hasSameSizeAs(batch);
          for (int i = 0; i < batch.size(); i++) {
            Vector advantages = estimates.get(i).advantages();
            assertThat(advantages.size()).as(description).isEqualTo(batch.get(i).size());
            assertThat(estimates.get(i).credits()).as(description).isEmpty();
            if (estimates.get(i).centered()) {
              assertThat(advantages.sum())
                  .as(description)
                  .isCloseTo(0, within(TOLERANCE * largest(advantages)));
            }
          }
        });
  }

  @Test
  void estimate_permutedRollouts_permutesAdvantages() {
    PeerBatches.forEach(
        (description, estimator, parameters, batch) -> {
          if (estimator instanceof MmrGrpo) {
            return; // Picks the first of equals: see MmrGrpoTest.
          }
          Random random = new Random(description.hashCode());
          List<int[]> orders = new ArrayList<>();
          List<FullGroup> permuted = new ArrayList<>();
          for (FullGroup group : batch) {
            int[] order = new RandomGroups(random.nextLong()).nextOrder(group.size());
            orders.add(order);
            permuted.add(group.pick(order));
          }
          List<Estimate> before = estimate(estimator, parameters, batch);
          List<Estimate> after = estimate(estimator, parameters, permuted);
          for (int g = 0; g < batch.size(); g++) {
            Vector expected = before.get(g).advantages();
            double scale = largest(estimator instanceof BatchEstimator ? all(before) : expected);
            for (int i = 0; i < expected.size(); i++) {
              assertThat(after.get(g).advantages().get(i))
                  .as(description)
                  .isCloseTo(expected.get(orders.get(g)[i]), within(TOLERANCE * scale));
            }
          }
        });
  }

  @Test
  void estimate_groupsInAnotherOrder_changesNoBit() {
    PeerBatches.forEach(
        (description, estimator, parameters, batch) -> {
          List<Integer> order = new ArrayList<>(IntStream.range(0, batch.size()).boxed().toList());
          Collections.shuffle(order, new Random(description.hashCode()));
          List<Estimate> before = estimate(estimator, parameters, batch);
          List<Estimate> after =
              estimate(estimator, parameters, order.stream().map(batch::get).toList());
          assertThat(after).as(description).isEqualTo(order.stream().map(before::get).toList());
        });
  }

  @Test
  void estimate_equalRewards_givesExactZeros() {
    PeerBatches.forEach(
        (description, estimator, parameters, batch) -> {
          String name = estimator.spec().name();
          if (WITHOUT_GROUP_TIES.contains(name) || lonelyRewards(batch, parameters)) {
            return;
          }
          List<FullGroup> tied =
              batch.stream().map(group -> tied(group, BY_DIVERSITY.contains(name))).toList();
          for (Estimate estimate : estimate(estimator, parameters, tied)) {
            assertThat(estimate.advantages().isZero()).as(description).isTrue();
            assertThat(estimate.centered()).as(description).isTrue();
          }
        });
  }

  @Test
  void estimate_equalRewardsOfTheWholeBatch_givesExactZeros() {
    Stream.of("REINFORCE_PLUS_PLUS", "REINFORCE_PLUS_PLUS_BASELINE")
        .map(name -> new EstimatorRegistry().byName(name).orElseThrow())
        .forEach(
            estimator -> {
              for (int seed = 0; seed < PeerBatches.SEEDS; seed++) {
                Random random = new Random(seed);
                Parameters parameters = Estimating.random(estimator, random);
                List<FullGroup> tied =
                    PeerBatches.batch(seed).stream()
                        .filter(group -> group.size() > 1)
                        .map(group -> group.mapped(reward -> 0.1))
                        .toList();
                for (Estimate estimate : estimate(estimator, parameters, tied)) {
                  assertThat(estimate.advantages().isZero())
                      .as("%s, seed %d", estimator.spec().name(), seed)
                      .isTrue();
                }
              }
            });
  }

  private static Vector all(List<Estimate> batch) {
    double[] advantages =
        batch.stream()
            .map(Estimate::advantages)
            .flatMapToDouble(group -> IntStream.range(0, group.size()).mapToDouble(group::get))
            .toArray();
    return Vector.of(advantages);
  }

  /** Equal rewards, which float64 cannot average exactly; equal rollouts too if asked for. */
  private static FullGroup tied(FullGroup group, boolean alike) {
    FullGroup equal = group.mapped(reward -> 0.1);
    return alike ? equal.pick(new int[group.size()]) : equal;
  }

  /** Whether a lone rollout keeps its reward. */
  private static boolean lonelyRewards(List<FullGroup> batch, Parameters parameters) {
    return PeerBatches.hasLoneRollout(batch)
        && parameters.getOrDefault(Grpo.SINGLETON) == Singleton.REWARD;
  }
}
