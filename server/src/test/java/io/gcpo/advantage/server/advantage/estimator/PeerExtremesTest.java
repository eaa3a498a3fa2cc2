// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import static io.gcpo.advantage.server.advantage.estimator.Estimating.estimate;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.gcpo.advantage.server.advantage.parameter.Parameters;
import io.gcpo.advantage.server.linalg.FloatMatrix;
import io.gcpo.advantage.server.linalg.Vector;
import io.gcpo.advantage.server.testing.SampleGroup;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** All estimators on the largest, the smallest and the fewest rewards. */
final class PeerExtremesTest {
  @Test
  void estimate_extremeRewardsAndTokens_staysFinite() {
    List<Vector> extremes =
        List.of(
            Vector.of(1e12, -1e12, 1e-300),
            Vector.of(1e12, -1e12, 1e12, -1e12),
            Vector.of(-1e12, -1e12, -1e12, 1e12),
            Vector.of(1e12, 1e12, 1e12, Math.nextDown(1e12)),
            Vector.of(0, Double.MIN_VALUE, -Double.MIN_VALUE),
            Vector.of(1e-200, 0, 1e-163, -1e-163),
            Vector.of(-1e12),
            Vector.of());
    Vector tokens = Vector.of(Integer.MAX_VALUE, 1, Integer.MAX_VALUE, Integer.MAX_VALUE);
    List<FullGroup> batch = extremes.stream().map(rewards -> extreme(rewards, tokens)).toList();
    for (AdvantageEstimator estimator : PeerBatches.peers()) {
      for (int seed = 0; seed < 50; seed++) {
        Parameters drawn = Estimating.random(estimator, new Random(seed));
        assertFinite(estimator, drawn, batch);
        assertFinite(estimator, Estimating.atBounds(estimator, drawn, false), batch);
        assertFinite(estimator, Estimating.atBounds(estimator, drawn, true), batch);
      }
    }
  }

  @Test
  void estimate_noRolloutOrOne_isZeroWhereItIsComparedWithItsGroup() {
    for (AdvantageEstimator estimator : PeerBatches.peers()) {
      Parameters parameters = Estimating.defaults(estimator);
      FullGroup one = extreme(Vector.of(0.7), Vector.of(5));
      String name = estimator.spec().name();
      assertThat(estimate(estimator, parameters, List.of())).as(name).isEmpty();
      assertThat(estimate(estimator, parameters, List.of(one.pick())).get(0).advantages())
          .as(name)
          .isEqualTo(Vector.of());
      double expected = name.equals("REMAX") ? 0.7 - one.greedy() : 0;
      assertThat(estimate(estimator, parameters, List.of(one)).get(0).advantages())
          .as(name)
          .isEqualTo(Vector.of(expected));
    }
  }

  /** A Vector holds finite numbers only: making one of an infinity or NaN throws. */
  private static void assertFinite(
      AdvantageEstimator estimator, Parameters parameters, List<FullGroup> batch) {
    String description = estimator.spec().name() + ", " + parameters;
    assertThatCode(() -> estimate(estimator, parameters, batch))
        .as(description)
        .doesNotThrowAnyException();
  }

  private static FullGroup extreme(Vector rewards, Vector tokens) {
    int size = rewards.size();
    FloatMatrix embeddings =
        FloatMatrix.fill(
            size,
            2,
            (row, target, offset) -> {
              target[offset] = row % 2;
              target[offset + 1] = row >> 1;
            });
    return new FullGroup(
        new SampleGroup("extreme", rewards, embeddings),
        Vector.of(size, tokens::get),
        -1e12,
        Map.of("accuracy", rewards, "format", Vector.of(size, i -> -rewards.get(i))));
  }
}
