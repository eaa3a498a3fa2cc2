// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import static io.gcpo.advantage.server.grpc.Refusals.assertRefused;
import static io.gcpo.advantage.server.grpc.Refusals.violations;
import static io.gcpo.advantage.server.testing.Groups.embedded;
import static io.gcpo.advantage.server.testing.Groups.group;
import static io.gcpo.advantage.server.testing.Groups.request;
import static io.gcpo.advantage.server.testing.Groups.rollout;
import static io.gcpo.advantage.server.testing.Groups.sound;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.protobuf.Descriptors.FieldDescriptor;
import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.server.testing.FakeEmbedder;
import io.gcpo.advantage.v1.AdvantageConfig;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.DiversityMetric;
import io.gcpo.advantage.v1.DiversityMetrics;
import io.gcpo.advantage.v1.Estimator;
import io.gcpo.advantage.v1.GroupAdvantages;
import io.gcpo.advantage.v1.GroupResult;
import io.gcpo.advantage.v1.OutputOptions;
import io.gcpo.advantage.v1.PassAtK;
import io.gcpo.advantage.v1.Rollout;
import io.gcpo.advantage.v1.RolloutGroup;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which diversity metrics an answer carries, over a real port. */
final class DiversityOutputTest {
  private static final RolloutGroup GROUP =
      group("a", rollout("x y z", 1), rollout("x y z", 1), rollout("p q", 0));

  private final FakeEmbedder embedder = new FakeEmbedder();
  private final TestServer server = TestServer.with(embedder, Map.of());

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void nothingChosen_isTheDefaultSet() {
    DiversityMetrics all = compute(GROUP, OutputOptions.newBuilder()).getDiversity().getAll();

    assertThat(all.getAllFields().keySet())
        .extracting(FieldDescriptor::getName)
        .containsExactlyInAnyOrder(
            "count",
            "vendi_score",
            "vendi_score_order_half",
            "vendi_score_order_two",
            "vendi_score_order_infinity",
            "mean_pairwise_distance",
            "min_pairwise_distance",
            "max_pairwise_distance",
            "effective_count",
            "distinct");
    assertThat(all.getDistinct()).isEqualTo(2);
  }

  @Test
  void metricsOfWording_embedNothing() {
    GroupAdvantages answer =
        compute(
            GROUP,
            output(
                DiversityMetric.DIVERSITY_METRIC_DISTINCT_N,
                DiversityMetric.DIVERSITY_METRIC_SELF_BLEU,
                DiversityMetric.DIVERSITY_METRIC_UNIQUE_TEXT_RATIO));

    assertThat(embedder.calls()).isEmpty();
    DiversityMetrics all = answer.getDiversity().getAll();
    assertThat(all.getAllFields().keySet())
        .extracting(FieldDescriptor::getName)
        .containsExactlyInAnyOrder(
            "count", "distinct_1", "distinct_2", "distinct_3", "self_bleu", "unique_text_ratio");
    assertThat(all.getDistinct1()).isCloseTo(5 / 8.0, within(1e-15));
    assertThat(all.getUniqueTextRatio()).isCloseTo(2 / 3.0, within(1e-15));
    assertThat(answer.getDiversity().getCorrect().getUniqueTextRatio()).isEqualTo(0.5);
    assertThat(answer.getRollouts(0).hasNearestCorrectIndex()).isFalse();
  }

  @Test
  void everyMetric_isThereWhenAskedFor() {
    DiversityMetric[] every =
        Arrays.stream(DiversityMetric.values())
            .filter(metric -> metric != DiversityMetric.UNRECOGNIZED)
            .filter(metric -> metric != DiversityMetric.DIVERSITY_METRIC_UNSPECIFIED)
            .toArray(DiversityMetric[]::new);

    GroupAdvantages answer = compute(GROUP, output(every).setClusterThreshold(0.5));

    assertThat(answer.getDiversity().getAll().getAllFields())
        .hasSameSizeAs(DiversityMetrics.getDescriptor().getFields());
    assertThat(answer.getDiversity().getAll().getClusters()).isEqualTo(2);
  }

  @Test
  void passAtK_needsRewardsOnly() {
    RolloutGroup bare = group("a", bare(1), bare(0), bare(0), bare(0));

    GroupAdvantages answer =
        compute(bare, OutputOptions.newBuilder().addAllPassAtK(List.of(1, 2, 4, 5)));

    assertThat(answer.getDiversity().getPassAtKList())
        .extracting(PassAtK::getK)
        .containsExactly(1, 2, 4);
    assertThat(answer.getDiversity().getPassAtKList())
        .extracting(PassAtK::getValue)
        .containsExactly(0.25, 0.5, 1.0);
    assertThat(answer.getDiversity().getAll().hasVendiScore()).isFalse();
  }

  @Test
  void groupWithoutWhatAChosenMetricNeeds_isRefusedAlone() {
    ComputeAdvantagesRequest request =
        requestOf(output(DiversityMetric.DIVERSITY_METRIC_SELF_BLEU), sound("texts"), vectors());

    List<GroupResult> results = server.client().compute(request).getResultsList();

    assertThat(results.get(0).hasAdvantages()).isTrue();
    assertThat(violations(results.get(1).getError()))
        .containsExactly("groups[1].rollouts: no texts (expected: a text for each, for SELF_BLEU)");
    ComputeAdvantagesRequest kernel =
        requestOf(output(DiversityMetric.DIVERSITY_METRIC_CLUSTERS), group("a", bare(1)));
    assertThat(violations(server.client().compute(kernel).getResults(0).getError()))
        .containsExactly(
            "groups[0].rollouts[0]: no content (expected: text, content_sha256 or embedding_f32_le)");
  }

  @Test
  void optionsOutOfRange_areRefusedTogether() {
    OutputOptions.Builder output =
        OutputOptions.newBuilder()
            .addMetricsValue(0)
            .addMetricsValue(77)
            .setClusterThreshold(1.5)
            .addPassAtK(0)
            .addPassAtK(-1);
    String metrics =
        " (expected: one of [VENDI_SCORE, PAIRWISE_DISTANCE, LOG_DET_VOLUME, EFFECTIVE_COUNT,"
            + " EFFECTIVE_RANK, DISTINCT, CLUSTERS, DISTINCT_N, SELF_BLEU, UNIQUE_TEXT_RATIO])";

    assertRefused(
        () -> server.client().compute(requestOf(output, GROUP)),
        "INVALID_FIELD",
        "output.metrics[0]: 0" + metrics,
        "output.metrics[1]: 77" + metrics,
        "output.cluster_threshold: 1.5 (expected: in (0, 1])",
        "output.pass_at_k[0]: 0 (expected: in [1, 1024])",
        "output.pass_at_k[1]: 4294967295 (expected: in [1, 1024])");
    assertRefused(
        () ->
            server
                .client()
                .compute(
                    requestOf(OutputOptions.newBuilder().setDiversity(false).addPassAtK(1), GROUP)),
        "INVALID_FIELD",
        "output.diversity: false (expected: left out, as metrics or pass_at_k are asked for)");
  }

  private static RolloutGroup vectors() {
    return group("vectors", embedded(1, 1, 0), embedded(0, 0, 1));
  }

  private static Rollout bare(double reward) {
    return Rollout.newBuilder().setReward(reward).build();
  }

  private static OutputOptions.Builder output(DiversityMetric... metrics) {
    return OutputOptions.newBuilder().addAllMetrics(List.of(metrics));
  }

  private static ComputeAdvantagesRequest requestOf(
      OutputOptions.Builder output, RolloutGroup... groups) {
    return request(groups).toBuilder()
        .setConfig(AdvantageConfig.newBuilder().setEstimator(Estimator.ESTIMATOR_GRPO))
        .setOutput(output)
        .build();
  }

  private GroupAdvantages compute(RolloutGroup group, OutputOptions.Builder output) {
    return server.client().compute(requestOf(output, group)).getResults(0).getAdvantages();
  }
}
