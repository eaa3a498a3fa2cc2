// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gcpo.advantage.server.advantage.parameter.Parameters;
import io.gcpo.advantage.server.linalg.Vector;
import org.junit.jupiter.api.Test;

final class PkpoTest {
  private final Pkpo estimator = new Pkpo();
  private final Parameters two =
      Parameters.defaultsOf(estimator.spec().parameters()).with(CommonParameters.K, 2);

  @Test
  void estimate_defaults_areRawLeaveOneOutScores() {
    Estimate estimate = estimate(Vector.of(1, 0, 0, 0), two);
    assertThat(estimate.advantages()).isEqualTo(Vector.of(0.5, 0, 0, 0));
    assertThat(estimate.centered()).isFalse();
  }

  @Test
  void estimate_centered_subtractsTheMean() {
    Estimate estimate =
        estimate(
            Vector.of(1, 0, 0, 0),
            two.with(Pkpo.VARIANT, PkpoVariant.PLAIN)
                .with(Pkpo.NORMALIZATION, Normalization.CENTERED));
    assertThat(estimate.advantages().get(0)).isCloseTo(0.25, within(1e-15));
    assertThat(estimate.advantages().get(1)).isCloseTo(-1.0 / 12, within(1e-15));
    assertThat(estimate.centered()).isTrue();
  }

  @Test
  void estimate_centeredEqualRewards_isExactlyZero() {
    Parameters centered = two.with(Pkpo.NORMALIZATION, Normalization.CENTERED);
    for (PkpoVariant variant : PkpoVariant.values()) {
      assertThat(
              estimate(Vector.of(7, i -> 0.1), centered.with(Pkpo.VARIANT, variant)).advantages())
          .isEqualTo(Vector.zero(7));
    }
  }

  @Test
  void estimate_negativeRewards_countFromTheWorst() {
    assertThat(estimate(Vector.of(-1, -3, -3), two).advantages())
        .isEqualTo(estimate(Vector.of(2, 0, 0), two).advantages());
  }

  @Test
  void estimate_fewerRolloutsThanK_isZero() {
    Estimate estimate = estimate(Vector.of(1, 0, 5), two.with(CommonParameters.K, 4));
    assertThat(estimate.advantages()).isEqualTo(Vector.zero(3));
    assertThat(estimate.centered()).isTrue();
  }

  @Test
  void estimate_aThousandRollouts_staysFinite() {
    Vector advantages =
        estimate(
                Vector.of(1024, i -> i % 97 == 0 ? 1e12 : -1e12), two.with(CommonParameters.K, 512))
            .advantages();
    assertThat(advantages.get(0)).isPositive();
    assertThat(advantages.get(1)).isZero();
  }

  private Estimate estimate(Vector rewards, Parameters parameters) {
    return estimator.estimate(ScoredRollouts.of(rewards), parameters);
  }
}
