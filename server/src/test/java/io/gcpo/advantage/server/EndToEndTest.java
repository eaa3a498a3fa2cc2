// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gcpo.advantage.server.testing.Examples;
import io.gcpo.advantage.v1.AdvantageConfig;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.gcpo.advantage.v1.CreditMethod;
import io.gcpo.advantage.v1.Estimator;
import io.gcpo.advantage.v1.EstimatorInfo;
import io.gcpo.advantage.v1.GetServerInfoResponse;
import io.gcpo.advantage.v1.GroupAdvantages;
import io.gcpo.advantage.v1.GroupResult;
import io.gcpo.advantage.v1.GroupSignal;
import io.gcpo.advantage.v1.Normalization;
import io.gcpo.advantage.v1.ParameterInfo;
import io.gcpo.advantage.v1.RolloutAdvantage;
import io.gcpo.advantage.v1.RolloutGroup;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Real rollouts through the real model over a real port. */
class EndToEndTest {
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.real();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void credits_goToCorrectRolloutsAndSumToTheTeamValue() {
    ComputeAdvantagesResponse response = compute(Examples.all());

    for (int i = 0; i < Examples.all().size(); i++) {
      RolloutGroup group = Examples.all().get(i);
      GroupAdvantages advantages = response.getResults(i).getAdvantages();
      double sum = 0;
      for (int k = 0; k < group.getRolloutsCount(); k++) {
        double credit = advantages.getRollouts(k).getCredit();
        sum += credit;
        if (group.getRollouts(k).getReward() == 0) {
          assertThat(credit).isEqualTo(0.0);
        } else {
          assertThat(credit).isPositive();
        }
      }
      assertThat(advantages.getCreditMethod()).isEqualTo(CreditMethod.CREDIT_METHOD_EXACT);
      assertThat(sum)
          .isCloseTo(advantages.getTeamValue(), within(1e-9 * (1 + advantages.getTeamValue())));
    }
  }

  @Test
  void groupAlone_hasTheSameAnswerAsAmongOthers() {
    List<GroupResult> together = compute(Examples.all()).getResultsList();

    for (int i = 0; i < Examples.all().size(); i++) {
      assertThat(compute(List.of(Examples.all().get(i))).getResults(0)).isEqualTo(together.get(i));
    }
  }

  @Test
  void groupsInReverse_haveTheSameAnswers() {
    List<RolloutGroup> reversed = new ArrayList<>(Examples.all());
    Collections.reverse(reversed);

    List<GroupResult> results = new ArrayList<>(compute(reversed).getResultsList());

    Collections.reverse(results);
    assertThat(results).isEqualTo(compute(Examples.all()).getResultsList());
  }

  @Test
  void allCorrect_carriesASignalThatGrpoHasNot() {
    RolloutGroup allCorrect = Examples.named("gsm8k-test-0034");

    GroupAdvantages gcpo = compute(List.of(allCorrect)).getResults(0).getAdvantages();
    GroupAdvantages grpo =
        server
            .client()
            .compute(
                ComputeAdvantagesRequest.newBuilder()
                    .addGroups(allCorrect)
                    .setConfig(AdvantageConfig.newBuilder().setEstimator(Estimator.ESTIMATOR_GRPO))
                    .build())
            .getResults(0)
            .getAdvantages();

    assertThat(gcpo.getSignal()).isEqualTo(GroupSignal.GROUP_SIGNAL_OK);
    assertThat(grpo.getSignal()).isEqualTo(GroupSignal.GROUP_SIGNAL_ZERO_VARIANCE);
    assertThat(grpo.getRolloutsList()).extracting(RolloutAdvantage::getAdvantage).containsOnly(0.0);
    assertThat(grpo.hasTeamValue()).isFalse();
  }

  @Test
  void sameText_isSimilarByExactlyOneAndEarnsTheSame() {
    GroupAdvantages advantages =
        compute(List.of(Examples.named("humaneval-42"))).getResults(0).getAdvantages();

    // s000 and s004 are the same program.
    RolloutAdvantage first = advantages.getRollouts(0);
    RolloutAdvantage twin = advantages.getRollouts(4);
    assertThat(first.getNearestCorrectSimilarity()).isEqualTo(1.0);
    assertThat(first.getNearestCorrectIndex()).isEqualTo(4);
    assertThat(first.getAdvantage()).isEqualTo(twin.getAdvantage());
    assertThat(advantages.getDiversity().getCorrect().getDistinct())
        .isLessThan(advantages.getDiversity().getCorrect().getCount());
  }

  @Test
  void resolvedConfiguration_isEchoed() {
    AdvantageConfig config =
        compute(List.of(Examples.all().get(0))).getResults(0).getAdvantages().getConfig();

    assertThat(config.getEstimator()).isEqualTo(Estimator.ESTIMATOR_GCPO_COOPERATIVE);
    assertThat(config.getNormalization()).isEqualTo(Normalization.NORMALIZATION_STD);
    assertThat(config.getAlpha()).isEqualTo(1.0);
    assertThat(config.getRewardExponent()).isEqualTo(0.5);
    assertThat(config.getExactLimit()).isEqualTo(18);
  }

  @Test
  void serverInfo_saysWhatItIs() {
    GetServerInfoResponse info = server.client().info();

    assertThat(info.getModel().getName()).isEqualTo("all-MiniLM-L6-v2");
    assertThat(info.getModel().getDimension()).isEqualTo(384);
    assertThat(info.getModel().getFingerprint()).matches("[0-9a-f]{64}");
    assertThat(info.getEngine().getName()).isEqualTo("onnxruntime");
    assertThat(info.getLimits().getMaxRolloutsPerGroup()).isEqualTo(64);
    assertThat(info.getLimits().getMaxQueuedTokens()).isPositive();
    assertThat(info.getEstimatorsList())
        .extracting(estimator -> estimator.getEstimator())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Estimator.values())
                .filter(estimator -> estimator != Estimator.ESTIMATOR_UNSPECIFIED)
                .filter(estimator -> estimator != Estimator.UNRECOGNIZED)
                .toList());
    assertThat(info.getEstimatorsList())
        .filteredOn(EstimatorInfo::getBatchLevel)
        .extracting(EstimatorInfo::getEstimator)
        .containsExactlyInAnyOrder(
            Estimator.ESTIMATOR_REINFORCE_PLUS_PLUS,
            Estimator.ESTIMATOR_REINFORCE_PLUS_PLUS_BASELINE,
            Estimator.ESTIMATOR_GPG,
            Estimator.ESTIMATOR_GDPO);
    assertThat(info.getGoldParametersList())
        .extracting(ParameterInfo::getName)
        .containsExactly("threshold", "replacement", "reward", "seed");
    assertThat(info.getDefaultConfig().getEstimator())
        .isEqualTo(Estimator.ESTIMATOR_GCPO_COOPERATIVE);
  }

  @Test
  void work_isSeenByPrometheus() throws Exception {
    compute(Examples.all());

    String metrics = get("/metrics");

    assertThat(value(metrics, "gcpo_groups_total{signal=\"OK\"}")).isGreaterThanOrEqualTo(4);
    assertThat(value(metrics, "gcpo_tokens_total{kind=\"real\"}")).isGreaterThan(1_000);
    assertThat(value(metrics, "gcpo_stage_duration_seconds_count{stage=\"infer\"}")).isPositive();
    assertThat(get("/readyz")).isNotBlank();
  }

  private static ComputeAdvantagesResponse compute(List<RolloutGroup> groups) {
    return server
        .client()
        .compute(ComputeAdvantagesRequest.newBuilder().addAllGroups(groups).build());
  }

  private static String get(String path) throws Exception {
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.managementPort() + path))
                    .build(),
                HttpResponse.BodyHandlers.ofString());
    assertThat(response.statusCode()).isEqualTo(200);
    return response.body();
  }

  private static double value(String metrics, String series) {
    return metrics
        .lines()
        .filter(line -> line.startsWith(series + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError(series + ": not there"));
  }
}
