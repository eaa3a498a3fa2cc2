// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import static io.gcpo.advantage.server.testing.Advantages.assertClose;
import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.server.advantage.parameter.Parameters;
import io.gcpo.advantage.server.linalg.Vector;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** REINFORCE++ and its baseline, by hand. */
final class ReinforcePlusPlusTest {
  private final ReinforcePlusPlus plain = new ReinforcePlusPlus();
  private final ReinforcePlusPlusBaseline baseline = new ReinforcePlusPlusBaseline();
  private final Parameters tokens = Estimating.defaults(plain);
  private final Parameters rollouts = tokens.with(WhitenedBatch.WEIGHTING, Weighting.ROLLOUTS);

  @Test
  void inputs_areTokensOnlyWhereTheyWeigh() {
    assertThat(plain.inputs(tokens)).containsExactly(Input.GENERATED_TOKENS);
    assertThat(baseline.inputs(tokens)).containsExactly(Input.GENERATED_TOKENS);
    assertThat(plain.inputs(rollouts)).isEmpty();
    assertThat(baseline.inputs(rollouts)).isEmpty();
  }

  @Test
  void estimate_byTokens_countsEveryTokenOnce() {
    // Four tokens of rewards 1, 0, 0, 0: mean 1/4, sample variance 1/4, population variance 3/16.
    List<ScoredRollouts> batch =
        List.of(
            group(Vector.of(1), Vector.of(1)), //
            group(Vector.of(0), Vector.of(3)));
    double verl = Math.sqrt(0.25 + 1e-8);
    assertAll(plain.estimate(batch, tokens), false, 0.75 / verl, -0.25 / verl);
    double openRlhf = Math.sqrt(3.0 / 16);
    assertAll(
        plain.estimate(batch, tokens.with(WhitenedBatch.WHITENING, Whitening.OPENRLHF)),
        false,
        0.75 / openRlhf,
        -0.25 / openRlhf);
  }

  @Test
  void estimate_byRollouts_needsNoTokens() {
    List<ScoredRollouts> batch = List.of(ScoredRollouts.of(Vector.of(1, 0, 0, 0)));
    double divisor = Math.sqrt(0.25 + 1e-8);
    assertAll(
        plain.estimate(batch, rollouts),
        false,
        0.75 / divisor,
        -0.25 / divisor,
        -0.25 / divisor,
        -0.25 / divisor);
  }

  @Test
  void baseline_byRollouts_isCenteredUnlessALoneRolloutKeepsItsReward() {
    ScoredRollouts pair = ScoredRollouts.of(Vector.of(2, 0));
    ScoredRollouts equal = ScoredRollouts.of(Vector.of(3, i -> 0.1));
    double divisor = Math.sqrt(2.0 / 4 + 1e-8);
    List<Estimate> centered = baseline.estimate(List.of(pair, equal), rollouts);
    assertAll(centered, true, 1 / divisor, -1 / divisor, 0, 0, 0);
    assertThat(centered.get(1).advantages()).isEqualTo(Vector.zero(3));

    // x = 1, -1, 3: mean 1, sample variance 4.
    double wide = Math.sqrt(4 + 1e-8);
    assertAll(
        baseline.estimate(List.of(pair, ScoredRollouts.of(Vector.of(3))), rollouts),
        false,
        0,
        -2 / wide,
        2 / wide);
  }

  @Test
  void baseline_byTokens_isNotCentered() {
    // x = 1, -1 with 1 and 3 tokens: mean -1/2, sample variance (9/4 + 3/4) / 3 = 1.
    double divisor = Math.sqrt(1 + 1e-8);
    assertAll(
        baseline.estimate(List.of(group(Vector.of(2, 0), Vector.of(1, 3))), tokens),
        false,
        1.5 / divisor,
        -0.5 / divisor);
  }

  @Test
  void estimate_smallestVariance_isFlooredByOpenRlhf() {
    Parameters floored = rollouts.with(WhitenedBatch.WHITENING, Whitening.OPENRLHF);
    assertAll(
        plain.estimate(List.of(ScoredRollouts.of(Vector.of(1e-6, -1e-6))), floored),
        false,
        1e-2,
        -1e-2);
  }

  private static ScoredRollouts group(Vector rewards, Vector tokens) {
    return ScoredRollouts.of(rewards).withGeneratedTokens(tokens);
  }

  private static void assertAll(List<Estimate> estimates, boolean centered, double... expected) {
    double[] actual =
        estimates.stream()
            .map(Estimate::advantages)
            .flatMapToDouble(group -> IntStream.range(0, group.size()).mapToDouble(group::get))
            .toArray();
    assertClose("advantages", Vector.of(actual), expected);
    assertThat(estimates).allMatch(estimate -> estimate.centered() == centered);
  }
}
