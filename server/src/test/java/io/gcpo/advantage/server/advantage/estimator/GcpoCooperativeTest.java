// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import static io.gcpo.advantage.server.testing.Advantages.advantages;
import static io.gcpo.advantage.server.testing.Advantages.assertClose;
import static io.gcpo.advantage.server.testing.Advantages.credits;
import static io.gcpo.advantage.server.testing.Advantages.scaledCredits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.gcpo.advantage.server.advantage.GroupAdvantages;
import io.gcpo.advantage.server.advantage.GroupSignal;
import io.gcpo.advantage.server.advantage.estimator.AdvantageEstimator.Conflict;
import io.gcpo.advantage.server.advantage.group.ScoredGroup;
import io.gcpo.advantage.server.advantage.parameter.Parameters;
import io.gcpo.advantage.server.diversity.credit.Allocation;
import io.gcpo.advantage.server.diversity.credit.CreditMethod;
import io.gcpo.advantage.server.diversity.credit.Volume;
import io.gcpo.advantage.server.linalg.FloatMatrix;
import io.gcpo.advantage.server.linalg.Vector;
import io.gcpo.advantage.server.testing.Computed;
import io.gcpo.advantage.server.testing.RandomGroups;
import io.gcpo.advantage.server.testing.SampleGroup;
import io.gcpo.advantage.server.testing.WorkedExamples;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class GcpoCooperativeTest {
  private final GcpoCooperative estimator = new GcpoCooperative();
  private final Parameters defaults = Parameters.defaultsOf(estimator.spec().parameters());
  private final Parameters centered =
      defaults.with(GcpoCooperative.NORMALIZATION, Normalization.CENTERED);

  @Test
  void estimate_exampleA_hasKnownValues() {
    GroupAdvantages group = compute(WorkedExamples.A, defaults);
    assertTeam(group, 1.791759469228, CreditMethod.EXACT);
    assertClose("credit", credits(group), 0.549306144334, 0.549306144334, 0.693147180560, 0);
    assertClose("scaled", scaledCredits(group), 0.792481250361, 0.792481250361, 1, 0);
    assertClose(
        "STD", advantages(group), 0.331014818639, 0.331014818639, 0.800732321497, -1.462761958776);
    assertClose(
        "CENTERED",
        advantages(compute(WorkedExamples.A, centered)),
        0.146240625180,
        0.146240625180,
        0.353759374820,
        -0.646240625180);
  }

  @Test
  void estimate_exampleB_hasKnownValues() {
    GroupAdvantages group = compute(WorkedExamples.B, defaults);
    assertTeam(group, 2.339224014652, CreditMethod.EXACT);
    assertClose(
        "STD",
        advantages(group),
        -0.803615239706,
        -0.345439374049,
        1.461811401339,
        -0.312756787584);
    assertClose(
        "CENTERED",
        advantages(compute(WorkedExamples.B, centered)),
        -0.029256705708,
        -0.012576190205,
        0.053219232111,
        -0.011386336197);
    assertClose(
        "credit, alpha 4",
        credits(compute(WorkedExamples.B, defaults.with(CreditParameters.ALPHA, 4.0))),
        1.184821030125,
        1.254596034719,
        1.359529243069,
        1.262537829816);
  }

  @Test
  void estimate_exampleC_hasKnownValues() {
    Parameters four = defaults.with(CreditParameters.ALPHA, 4.0);
    GroupAdvantages group = compute(WorkedExamples.C, four);
    assertTeam(group, 2.990831394954, CreditMethod.EXACT);
    assertClose("credit", credits(group), 1.437827945302, 0.896514866391, 0.656488583260, 0);
    assertClose("scaled", scaledCredits(group), 0.893372732302, 0.557036005841, 0.407899290919, 0);
    assertClose(
        "STD", advantages(group), 1.157835416493, 0.249658046649, -0.153041328260, -1.254452134881);
    assertClose(
        "CENTERED",
        advantages(
            compute(
                WorkedExamples.C,
                four.with(GcpoCooperative.NORMALIZATION, Normalization.CENTERED))),
        0.428795725037,
        0.092458998575,
        -0.056677716346,
        -0.464577007266);
    GroupAdvantages literal =
        compute(WorkedExamples.C, defaults.with(CreditParameters.REWARD_EXPONENT, 1.0));
    assertTeam(literal, 0.919166223313, CreditMethod.EXACT);
    assertClose("credit, p 1", credits(literal), 0.665372862272, 0.194467440834, 0.059325920207, 0);
  }

  @Test
  void estimate_aboveExactLimit_isSampledWithItsError() {
    Parameters limited = defaults.with(CreditParameters.EXACT_LIMIT, 3);
    GroupAdvantages exact =
        compute(WorkedExamples.B, limited.with(CreditParameters.EXACT_LIMIT, 4));
    GroupAdvantages sampled = compute(WorkedExamples.B, limited);
    assertTeam(exact, 2.339224014652, CreditMethod.EXACT);
    assertTeam(sampled, 2.339224014652, CreditMethod.SAMPLED);
    assertThat(exact.teamCredit().orElseThrow().samples()).isZero();
    assertThat(sampled.teamCredit().orElseThrow().samples()).isPositive();
    for (int i = 0; i < 4; i++) {
      assertThat(standardError(exact, i)).isZero();
      assertThat(credits(sampled).get(i))
          .isCloseTo(credits(exact).get(i), within(5 * standardError(sampled, i) + 1e-12));
    }
    assertThat(compute(WorkedExamples.B, limited)).isEqualTo(sampled);
  }

  @Test
  void estimate_matrixLog_hasKnownValues() {
    GroupAdvantages group =
        compute(
            WorkedExamples.B, defaults.with(CreditParameters.ALLOCATION, Allocation.MATRIX_LOG));
    assertTeam(group, 2.339224014652, CreditMethod.MATRIX_LOG);
    assertClose(
        "credit", credits(group), 0.564111846717, 0.576087563305, 0.622937041325, 0.576087563305);
  }

  @Test
  void estimate_det_hasKnownValuesInUnitsOfALoneRollout() {
    Parameters det = defaults.with(CreditParameters.VOLUME, Volume.DET);
    GroupAdvantages group = compute(WorkedExamples.C, det.with(CreditParameters.ALPHA, 4.0));
    assertTeam(group, 18.902222222222, CreditMethod.EXACT);
    assertClose("credit", credits(group), 8.703539094650, 5.541563786008, 4.657119341564, 0);
    assertClose(
        "scaled",
        scaledCredits(group),
        8.703539094650 / 4,
        5.541563786008 / 4,
        4.657119341564 / 4,
        0);
  }

  @Test
  void estimate_signSafe_keepsThePositiveSumAndEverySign() {
    Parameters signSafe = defaults.with(GcpoCooperative.NORMALIZATION, Normalization.SIGN_SAFE);
    GroupAdvantages group = compute(WorkedExamples.A, signSafe);
    assertClose(
        "SIGN_SAFE",
        advantages(group),
        0.459859474855,
        0.459859474855,
        0.580278050296,
        -1.499997000006);
    assertThat(group.centered()).isTrue();
    assertThat(compute(WorkedExamples.B, signSafe).keep()).isFalse();
  }

  @Test
  void estimate_mix_liesBetweenGrpoAndStd() {
    Parameters mix = defaults.with(GcpoCooperative.NORMALIZATION, Normalization.MIX);
    Vector std = advantages(compute(WorkedExamples.A, defaults));
    Vector grpo = advantages(compute(WorkedExamples.A, mix.with(CommonParameters.MIX_LAMBDA, 0.0)));
    Vector quarter =
        advantages(compute(WorkedExamples.A, mix.with(CommonParameters.MIX_LAMBDA, 0.25)));
    assertClose("GRPO", grpo, 0.499999000002, 0.499999000002, 0.499999000002, -1.499997000006);
    for (int i = 0; i < 4; i++) {
      assertThat(quarter.get(i)).isCloseTo(0.75 * grpo.get(i) + 0.25 * std.get(i), within(1e-15));
    }
  }

  @Test
  void estimate_rawTie_isServedAsItIs() {
    Parameters raw = defaults.with(GcpoCooperative.NORMALIZATION, Normalization.RAW);
    GroupAdvantages group = compute(WorkedExamples.A.pick(0, 2), raw);
    assertClose("RAW", advantages(group), 1, 1);
    assertThat(group.centered()).isFalse();
    assertThat(group.keep()).isTrue();
  }

  @Test
  void estimate_determinantBeyondADouble_isRefusedWithWhatToChange() {
    Parameters det =
        defaults.with(CreditParameters.VOLUME, Volume.DET).with(CreditParameters.ALPHA, 1e6);
    SampleGroup many = new RandomGroups(0).next(1).pick(0);
    SampleGroup orthogonal =
        new SampleGroup(
            "orthogonal",
            Vector.of(60, i -> 1),
            FloatMatrix.fill(60, 60, (row, target, offset) -> target[offset + row] = 1));
    assertThat(credits(compute(many.withRewards(1), det)).get(0)).isFinite();
    assertThatThrownBy(() -> compute(orthogonal, det))
        .isInstanceOf(OutOfRangeException.class)
        .hasMessageContaining("(expected: ")
        .hasMessageContaining("use LOGDET or smaller alpha");
  }

  @Test
  void conflicts_matrixLogOfDet_isNamed() {
    Parameters det = defaults.with(CreditParameters.VOLUME, Volume.DET);
    assertThat(estimator.conflicts(det)).isEmpty();
    assertThat(estimator.conflicts(det.with(CreditParameters.ALLOCATION, Allocation.MATRIX_LOG)))
        .containsExactly(
            new Conflict("allocation", "MATRIX_LOG (expected: another one, as volume is det)"));
  }

  @Test
  void estimate_wrongRollouts_doNotCountTowardsTheExactLimit() {
    int[] withWrongOnes = IntStream.range(0, 40).map(i -> i < 3 ? i : 3).toArray();
    GroupAdvantages group = compute(WorkedExamples.A.pick(withWrongOnes), defaults);
    assertTeam(group, 1.791759469228, CreditMethod.EXACT);
  }

  @Test
  void estimate_allWrong_isATie() {
    GroupAdvantages group = compute(WorkedExamples.B.withRewards(0), defaults);
    assertTie(group);
    assertTeam(group, 0, CreditMethod.EXACT);
    assertThat(credits(group)).isEqualTo(Vector.zero(4));
  }

  @Test
  void estimate_allIdenticalOrAllOrthogonal_isATie() {
    assertTie(compute(WorkedExamples.A.pick(0, 1, 0, 1, 0, 0, 1), defaults));
    assertTie(compute(WorkedExamples.A.pick(0, 2, 3).withRewards(0.1), defaults));
  }

  @Test
  void estimate_spreadWithinTolerance_isATie() {
    SampleGroup nearly = WorkedExamples.A.pick(0, 1).withReward(0, 1 + 0.9e-5);
    assertTie(compute(nearly, centered));
    Parameters strict = centered.with(GcpoCooperative.TIE_TOLERANCE, 0.0);
    assertThat(compute(nearly, strict).signal()).isEqualTo(GroupSignal.OK);
  }

  @Test
  void estimate_extremeGroups_staysFiniteAndEfficient() {
    for (int seed = 0; seed < 1000; seed++) {
      RandomGroups random = new RandomGroups(seed);
      SampleGroup sample = random.next(seed % 20 == 0 ? 64 : 10);
      double[] alphas = {1e-300, 1e-6, 1, 30, 1e6};
      double[] exponents = {1e-3, 0.5, 1, 4};
      Parameters parameters =
          defaults
              .with(CreditParameters.ALPHA, alphas[random.nextInt(alphas.length)])
              .with(CreditParameters.REWARD_EXPONENT, exponents[random.nextInt(exponents.length)])
              .with(CreditParameters.EXACT_LIMIT, 10)
              .with(GcpoCooperative.TIE_TOLERANCE, 0.0);
      GroupAdvantages group = compute(sample, parameters);
      double teamValue = group.teamCredit().orElseThrow().teamValue();
      String description = "seed " + seed + ", " + sample.kind() + ", " + parameters;
      assertThat(credits(group).sum())
          .as(description)
          .isCloseTo(teamValue, within(1e-9 * teamValue));
      assertThat(credits(group).min()).as(description).isGreaterThanOrEqualTo(0);
      assertThat(advantages(group).max()).as(description).isLessThan(8);
      assertThat(advantages(group).sum()).as(description).isCloseTo(0, within(1e-9));
    }
  }

  @Test
  void estimate_largestRewards_staysFinite() {
    SampleGroup huge = WorkedExamples.B.withRewards(ScoredGroup.MAX_ABS_REWARD);
    Parameters parameters =
        defaults
            .with(CreditParameters.ALPHA, 1e6)
            .with(CreditParameters.REWARD_EXPONENT, 4.0)
            .with(GcpoCooperative.NORMALIZATION, Normalization.CENTERED);
    for (int limit : new int[] {0, 20}) {
      GroupAdvantages group =
          compute(
              huge.withReward(0, -ScoredGroup.MAX_ABS_REWARD),
              parameters.with(CreditParameters.EXACT_LIMIT, limit));
      assertThat(group.teamCredit().orElseThrow().teamValue()).isFinite().isPositive();
      assertThat(credits(group).get(0)).isEqualTo(0.0);
    }
  }

  @Test
  void estimate_zeroVectors_earnNothing() {
    FloatMatrix rows = FloatMatrix.fill(3, 2, (row, target, offset) -> target[offset] = row);
    GroupAdvantages group = compute(new SampleGroup("zero", Vector.of(1, 1, 1), rows), defaults);
    assertClose("credit", credits(group), 0, Math.log(3) / 2, Math.log(3) / 2);
    assertThat(credits(group).get(0)).isEqualTo(0.0);
  }

  private static double standardError(GroupAdvantages group, int i) {
    return group.rollouts().get(i).credit().orElseThrow().standardError();
  }

  private GroupAdvantages compute(SampleGroup group, Parameters parameters) {
    return Computed.compute(group.scored(), new EstimatorChoice(estimator, parameters), false);
  }

  private static void assertTeam(GroupAdvantages group, double teamValue, CreditMethod method) {
    TeamCredit team = group.teamCredit().orElseThrow();
    assertThat(team.teamValue()).isCloseTo(teamValue, within(1e-9));
    assertThat(team.method()).isEqualTo(method);
  }

  private static void assertTie(GroupAdvantages group) {
    assertThat(group.signal()).isEqualTo(GroupSignal.ZERO_VARIANCE);
    assertThat(advantages(group)).isEqualTo(Vector.zero(group.rollouts().size()));
  }
}
