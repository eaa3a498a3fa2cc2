// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.server.advantage.GroupAdvantages;
import io.gcpo.advantage.server.advantage.GroupDiversity;
import io.gcpo.advantage.server.advantage.GroupDiversity.PassRate;
import io.gcpo.advantage.server.advantage.GroupSignal;
import io.gcpo.advantage.server.advantage.KernelReport;
import io.gcpo.advantage.server.advantage.RewardStatistics;
import io.gcpo.advantage.server.advantage.RolloutAdvantage;
import io.gcpo.advantage.server.advantage.RolloutAdvantage.Credit;
import io.gcpo.advantage.server.advantage.RolloutAdvantage.Neighbour;
import io.gcpo.advantage.server.advantage.estimator.TeamCredit;
import io.gcpo.advantage.server.advantage.importance.ImportanceRatio;
import io.gcpo.advantage.server.diversity.credit.CreditMethod;
import io.gcpo.advantage.server.diversity.metrics.ClusterDiversity;
import io.gcpo.advantage.server.diversity.metrics.DistinctNGrams;
import io.gcpo.advantage.server.diversity.metrics.DiversityMetrics;
import io.gcpo.advantage.server.diversity.metrics.PairwiseDistances;
import io.gcpo.advantage.server.diversity.metrics.VendiScores;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FinitenessCheckTest {
  /** How many doubles an answer of one rollout has. */
  private static final int DOUBLES = 53;

  @Test
  void finiteAnswer_passes() {
    assertThat(FinitenessCheck.isFinite(answer(-1, 0))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void anyDoubleNotFinite_isCaught(double bad) {
    for (int place = 0; place < DOUBLES; place++) {
      assertThat(FinitenessCheck.isFinite(answer(place, bad))).as("place %d", place).isFalse();
    }
  }

  /** An answer with {@code bad} at {@code place}, and 1 everywhere else. */
  private static GroupAdvantages answer(int place, double bad) {
    double[] v = new double[DOUBLES];
    Arrays.fill(v, 1);
    if (place >= 0) {
      v[place] = bad;
    }
    return new GroupAdvantages(
        List.of(
            new RolloutAdvantage(
                v[0],
                true,
                Optional.of(new Credit(v[1], v[2], v[46])),
                Optional.of(new Neighbour(0, v[3])),
                Optional.of(new ImportanceRatio(v[47], false)))),
        new RewardStatistics(1, 1, v[4], v[5], v[6], v[7]),
        Optional.of(
            new GroupDiversity(
                diversity(Arrays.copyOfRange(v, 8, 24)),
                diversity(Arrays.copyOfRange(v, 24, 40)),
                List.of(new PassRate(1, v[48]), new PassRate(2, v[49])))),
        GroupSignal.OK,
        true,
        Optional.of(new TeamCredit(v[40], CreditMethod.EXACT, 0)),
        Optional.of(
            new RolloutAdvantage(
                v[41],
                true,
                Optional.of(new Credit(v[42], v[43], v[44])),
                Optional.empty(),
                Optional.of(new ImportanceRatio(v[45], true)))),
        Optional.of(
            new KernelReport(
                OptionalDouble.of(v[50]), OptionalDouble.of(v[52]), OptionalDouble.of(v[51]))),
        Optional.empty(),
        0);
  }

  private static DiversityMetrics diversity(double... v) {
    return DiversityMetrics.builder(1)
        .vendiScores(new VendiScores(v[0], v[1], v[2], v[3]))
        .pairwiseDistances(new PairwiseDistances(v[4], v[5], v[6]))
        .logDetVolume(v[7])
        .effectiveCount(v[8])
        .effectiveRank(v[9])
        .distinct(1)
        .clusters(new ClusterDiversity(1, v[10]))
        .distinctNGrams(new DistinctNGrams(v[11], v[12], v[13]))
        .selfBleu(v[14])
        .uniqueTextRatio(v[15])
        .build();
  }
}
