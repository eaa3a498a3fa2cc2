// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import static io.gcpo.advantage.server.advantage.estimator.Estimating.estimate;
import static io.gcpo.advantage.server.advantage.estimator.Estimating.largest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gcpo.advantage.server.advantage.parameter.Parameters;
import io.gcpo.advantage.server.linalg.Vector;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What scaled and shifted rewards do, for all estimators of which something exact can be said. */
final class PeerInvariancesTest {
  private static final double TOLERANCE = 1e-9;

  /** A(2 r) = 2 A(r). */
  private static final Set<String> HOMOGENEOUS =
      Set.of("DR_GRPO", "RLOO", "OPO", "GPG", "REMAX", "PKPO", "DARLING");

  /** A(2 r) = A(r); others only up to their epsilon. */
  private static final Set<String> SCALE_FREE = Set.of("MAXRL", "PASS_AT_K_TRAINING");

  /** A(r + c) = A(r). */
  private static final Set<String> SHIFT_FREE =
      Set.of(
          "GRPO",
          "GCPO_GOLD",
          "DR_GRPO",
          "RLOO",
          "REINFORCE_PLUS_PLUS",
          "REINFORCE_PLUS_PLUS_BASELINE",
          "OPO",
          "REMAX",
          "GDPO",
          "GRPO_PASSK",
          "UNIQUENESS_AWARE");

  @Test
  void estimate_doubledRewards_doublesOrKeepsEveryBit() {
    PeerBatches.forEach(
        (description, estimator, drawn, batch) -> {
          String name = estimator.spec().name();
          if (!HOMOGENEOUS.contains(name) && !SCALE_FREE.contains(name)) {
            return;
          }
          Parameters parameters = Estimating.exactTies(estimator, drawn);
          int factor = HOMOGENEOUS.contains(name) ? 2 : 1;
          List<Estimate> before = estimate(estimator, parameters, batch);
          List<Estimate> after =
              estimate(
                  estimator,
                  parameters,
                  batch.stream().map(group -> group.mapped(reward -> 2 * reward)).toList());
          for (int g = 0; g < batch.size(); g++) {
            Vector expected = before.get(g).advantages();
            assertThat(after.get(g).advantages())
                .as(description)
                .isEqualTo(Vector.of(expected.size(), i -> factor * expected.get(i)));
          }
        });
  }

  @Test
  void estimate_shiftedRewards_keepsAdvantages() {
    PeerBatches.forEach(
        (description, estimator, parameters, batch) -> {
          if (!SHIFT_FREE.contains(estimator.spec().name()) || PeerBatches.hasLoneRollout(batch)) {
            return;
          }
          // Multiples of 1/64 stay exact when shifted.
          List<FullGroup> coarse =
              batch.stream()
                  .map(group -> group.mapped(r -> Math.rint(Math.min(r, 16) * 64) / 64))
                  .toList();
          List<FullGroup> shifted =
              coarse.stream().map(group -> group.mapped(reward -> reward + 1024)).toList();
          List<Estimate> before = estimate(estimator, parameters, coarse);
          List<Estimate> after = estimate(estimator, parameters, shifted);
          for (int g = 0; g < batch.size(); g++) {
            Vector expected = before.get(g).advantages();
            for (int i = 0; i < expected.size(); i++) {
              assertThat(after.get(g).advantages().get(i))
                  .as(description)
                  .isCloseTo(expected.get(i), within(TOLERANCE * Math.max(1, largest(expected))));
            }
          }
        });
  }
}
