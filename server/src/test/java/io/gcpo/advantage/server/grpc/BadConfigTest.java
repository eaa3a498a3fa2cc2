// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import static io.gcpo.advantage.server.grpc.Refusals.assertGroupRefused;
import static io.gcpo.advantage.server.grpc.Refusals.assertRefused;
import static io.gcpo.advantage.server.testing.Groups.request;
import static io.gcpo.advantage.server.testing.Groups.rollout;
import static io.gcpo.advantage.server.testing.Groups.sound;
import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.server.advantage.estimator.EstimatorRegistry;
import io.gcpo.advantage.server.testing.FakeEmbedder;
import io.gcpo.advantage.v1.AdvantageConfig;
import io.gcpo.advantage.v1.Allocation;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.gcpo.advantage.v1.Estimator;
import io.gcpo.advantage.v1.GroupResult;
import io.gcpo.advantage.v1.Kernel;
import io.gcpo.advantage.v1.RolloutGroup;
import io.gcpo.advantage.v1.Volume;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Every configuration that is not sound is refused, over a real port, and says why. */
class BadConfigTest {
  private static final String ESTIMATORS =
      new EstimatorRegistry()
          .all().stream()
              .map(estimator -> estimator.spec().name())
              .collect(Collectors.joining(", "));

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.with(new FakeEmbedder(), Map.of());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void parameterOutOfRange_refusesTheRequestWithTheRange() {
    assertRefused(
        () -> server.client().compute(withConfig(AdvantageConfig.newBuilder().setAlpha(-1))),
        "INVALID_FIELD",
        "config.alpha: -1.0 (expected: in (0, 1000000])");
  }

  @Test
  void parameterOfAnotherEstimator_isRefusedNotIgnored() {
    assertRefused(
        () ->
            server
                .client()
                .compute(
                    withConfig(
                        AdvantageConfig.newBuilder()
                            .setEstimator(Estimator.ESTIMATOR_GRPO)
                            .setAlpha(2))),
        "INVALID_FIELD",
        "config.alpha: set (expected: left out, as GRPO takes profile, normalization, epsilon, singleton,"
            + " tie_tolerance)");
  }

  @Test
  void parametersThatDoNotGoTogether_areRefused() {
    assertRefused(
        () ->
            server
                .client()
                .compute(
                    withConfig(
                        AdvantageConfig.newBuilder()
                            .setVolume(Volume.VOLUME_DET)
                            .setAllocation(Allocation.ALLOCATION_MATRIX_LOG))),
        "INVALID_FIELD",
        "config.allocation: MATRIX_LOG (expected: another one, as volume is det)");
  }

  @Test
  void determinantBeyondADouble_refusesItsGroupAlone() throws Exception {
    RolloutGroup.Builder huge =
        RolloutGroup.newBuilder()
            .setGroupId("huge")
            .setConfig(
                AdvantageConfig.newBuilder()
                    .setVolume(Volume.VOLUME_DET)
                    .setRewardExponent(4)
                    .setAlpha(1e6));
    for (int i = 0; i < 8; i++) {
      huge.addRollouts(rollout("text " + i, 1e6));
    }
    assertGroupRefused(
        server,
        huge.build(),
        "INVALID_FIELD",
        "groups[1]: volume: det of 8 rollouts overflows"
            + " (expected: < 1.8e308; use LOGDET or smaller alpha)");
  }

  @Test
  void unknownEnumValues_areRefused() {
    assertRefused(
        () ->
            server
                .client()
                .compute(
                    withConfig(
                        AdvantageConfig.newBuilder()
                            .setEstimatorValue(99)
                            .setKernelValue(98)
                            .setTruncationPolicyValue(97))),
        "INVALID_FIELD",
        "config.estimator: 99 (expected: one of " + ESTIMATORS + ")",
        "config.kernel: 98 (expected: one of embedding_cosine, embedding_rbf, prompt_residual, lexical, steps,"
            + " cluster, precomputed, math, code, general, embedding_only)",
        "config.truncation_policy: 97"
            + " (expected: one of [CHUNK_MEAN, ERROR, KEEP_HEAD, KEEP_TAIL])");
  }

  @Test
  void groupConfigOutOfRange_refusesItsGroupAlone() throws Exception {
    assertGroupRefused(
        server,
        sound("bad").toBuilder().setConfig(AdvantageConfig.newBuilder().setExactLimit(25)).build(),
        "INVALID_FIELD",
        "groups[1].config.exact_limit: 25 (expected: in [0, 24])");
  }

  @Test
  void groupConfigOfAnotherEstimator_leavesTheRequestsParametersBehind() {
    ComputeAdvantagesRequest request =
        withConfig(
                AdvantageConfig.newBuilder().setAlpha(10).setKernel(Kernel.KERNEL_EMBEDDING_COSINE))
            .toBuilder()
            .addGroups(
                sound("grpo").toBuilder()
                    .setConfig(AdvantageConfig.newBuilder().setEstimator(Estimator.ESTIMATOR_GRPO)))
            .build();

    GroupResult result = compute(request).getResults(1);

    assertThat(result.getAdvantages().getConfig().getEstimator())
        .isEqualTo(Estimator.ESTIMATOR_GRPO);
    assertThat(result.getAdvantages().hasTeamValue()).isFalse();
  }

  private static ComputeAdvantagesRequest withConfig(AdvantageConfig.Builder config) {
    return request(sound("a")).toBuilder().setConfig(config).build();
  }

  private static ComputeAdvantagesResponse compute(ComputeAdvantagesRequest request) {
    return server.client().compute(request);
  }
}
