// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.Rollout;
import io.gcpo.advantage.v1.RolloutGroup;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkloadTest {
  private static final SyntheticGroups MADE_UP =
      new SyntheticGroups(4, Lengths.parse("uniform:20-60"), 11);
  private static final RolloutGroup FROM_FILE =
      RolloutGroup.newBuilder()
          .setGroupId("mine")
          .addRollouts(Rollout.newBuilder().setText("five").setReward(1))
          .build();

  @Test
  void callsPerStep_callsThatHoldMoreThanAStep_isOne() {
    Workload workload =
        new Workload(
            new SyntheticGroups(1, Lengths.parse("5"), 1),
            256,
            Integer.MAX_VALUE,
            Texts.FRESH,
            ComputeAdvantagesRequest.getDefaultInstance());

    assertThat(workload.callsPerStep()).isOne();
  }

  @Test
  void step_isCutIntoCallsOfWhichTheLastIsSmaller() {
    Workload workload = workload(MADE_UP, Texts.FRESH);

    assertThat(workload.callsPerStep()).isEqualTo(3);
    assertThat(ids(workload, 0)).containsExactly("group-0", "group-1");
    assertThat(ids(workload, 2)).containsExactly("group-4");
  }

  @Test
  void freshTexts_differFromStepToStepAndFromSeedToSeed() {
    Workload fresh = workload(MADE_UP, Texts.FRESH);

    assertThat(fresh.compute(slot(0, 0))).isEqualTo(fresh.compute(slot(0, 0)));
    assertThat(texts(fresh, 0)).doesNotContainAnyElementsOf(texts(fresh, 1));
    assertThat(texts(fresh, 0))
        .doesNotContainAnyElementsOf(
            texts(fresh.from(new SyntheticGroups(4, MADE_UP.lengths(), 12)), 0));
  }

  /** One text that comes twice is one that the server need not embed. */
  @Test
  void freshTexts_neverComeTwice() {
    SyntheticGroups source = new SyntheticGroups(8, Lengths.parse("12"), 3);
    List<String> texts =
        IntStream.range(0, 2_000)
            .mapToObj(call -> source.group(call % 500, call / 500))
            .flatMap(group -> group.getRolloutsList().stream())
            .map(Rollout::getText)
            .toList();

    assertThat(texts).hasSize(16_000).doesNotHaveDuplicates();
  }

  @Test
  void repeatedTexts_areThoseOfTheFirstStep() {
    Workload repeated = workload(MADE_UP, Texts.REPEATED);

    assertThat(texts(repeated, 5)).isEqualTo(texts(repeated, 0));
  }

  @Test
  void submission_hasTheTextsOfItsCall() {
    Workload submitted = workload(MADE_UP, Texts.SUBMITTED);

    assertThat(submitted.submit(slot(3, 1)).getTextsList())
        .isEqualTo(
            submitted.compute(slot(3, 1)).getGroupsList().stream()
                .flatMap(group -> group.getRolloutsList().stream())
                .map(Rollout::getText)
                .toList());
  }

  @Test
  void fileGroups_areUsedOverAndOverAndMarkedWhereTheyMustBeFresh() {
    Workload fresh = workload(new FileGroups(List.of(FROM_FILE), 255, true), Texts.FRESH);
    Workload repeated = workload(new FileGroups(List.of(FROM_FILE), 255, false), Texts.REPEATED);

    assertThat(texts(fresh, 7)).containsExactly("ff 7 0 five", "ff 7 1 five");
    assertThat(texts(repeated, 7)).containsExactly("five", "five");
    assertThat(ids(repeated, 0)).containsExactly("group-0", "group-1");
  }

  @Test
  void length_isWhatTheTextHas() {
    for (int words = 1; words < 200; words++) {
      assertThat(SyntheticText.write(new SplittableRandom(words), words).split(" ")).hasSize(words);
    }
  }

  @Test
  void length_drawsFollowTheirDistribution() {
    assertThat(draws("70")).containsOnly(70);
    assertThat(draws("uniform:10-12")).containsOnly(10, 11, 12);
    double[] logarithms =
        DoubleStream.of(draws("lognormal:500,0.6")).map(Math::log).sorted().toArray();
    assertThat(Math.exp(logarithms[logarithms.length / 2])).isCloseTo(500, within(30.0));
    double quartile = logarithms[logarithms.length * 3 / 4] - logarithms[logarithms.length / 4];
    assertThat(quartile).isCloseTo(2 * 0.6745 * 0.6, within(0.08));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "0",
        "-3",
        "2000000",
        "uniform:9-3",
        "uniform:3",
        "lognormal:5",
        "lognormal:500,9"
      })
  void length_thatIsNone_isRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Lengths.parse(text))
        .withMessageStartingWith("length: " + text + " (expected: ");
  }

  private static double[] draws(String lengths) {
    SplittableRandom random = new SplittableRandom(5);
    Lengths parsed = Lengths.parse(lengths);
    return DoubleStream.generate(() -> parsed.draw(random)).limit(4_000).toArray();
  }

  private static Workload workload(GroupSource source, Texts texts) {
    return new Workload(source, 5, 2, texts, ComputeAdvantagesRequest.getDefaultInstance());
  }

  private static List<String> ids(Workload workload, int part) {
    return workload.compute(slot(0, part)).getGroupsList().stream()
        .map(RolloutGroup::getGroupId)
        .toList();
  }

  private static List<String> texts(Workload workload, long step) {
    return workload.compute(slot(step, 0)).getGroupsList().stream()
        .flatMap(group -> group.getRolloutsList().stream())
        .map(Rollout::getText)
        .toList();
  }

  private static Slot slot(long step, int part) {
    return new Slot(0, Slot.Kind.COMPUTE, step, part);
  }
}
