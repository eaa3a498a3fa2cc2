// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gcpo.advantage.v1.AdvantageConfig;
import io.gcpo.advantage.v1.CompositeKernel;
import io.gcpo.advantage.v1.Estimator;
import io.gcpo.advantage.v1.GoldConfig;
import io.gcpo.advantage.v1.Kernel;
import io.gcpo.advantage.v1.Normalization;
import io.gcpo.advantage.v1.Replacement;
import io.gcpo.advantage.v1.StepKind;
import io.gcpo.advantage.v1.StepsKernel;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigArgumentsTest {

  @Test
  void fields_areReadByTheirNames() {
    AdvantageConfig config =
        ConfigArguments.parse(
            Map.of(
                "estimator", "GCPO_Cooperative",
                "kernel", "KERNEL_EMBEDDING_COSINE",
                "normalization", "centered",
                "alpha", "1e1",
                "exact_limit", "12"));

    assertThat(config)
        .isEqualTo(
            AdvantageConfig.newBuilder()
                .setEstimator(Estimator.ESTIMATOR_GCPO_COOPERATIVE)
                .setKernel(Kernel.KERNEL_EMBEDDING_COSINE)
                .setNormalization(Normalization.NORMALIZATION_CENTERED)
                .setAlpha(10)
                .setExactLimit(12)
                .build());
  }

  @Test
  void nestedFieldsAndMapEntries_areNamedWithADot() {
    AdvantageConfig config =
        ConfigArguments.parse(
            Map.of(
                "gold.replacement", "longest",
                "gold.reward", "0.5",
                "component_weights.style", "2",
                "composite_kernel.steps.kind", "code"));

    assertThat(config)
        .isEqualTo(
            AdvantageConfig.newBuilder()
                .setGold(
                    GoldConfig.newBuilder()
                        .setReplacement(Replacement.REPLACEMENT_LONGEST)
                        .setReward(0.5))
                .putComponentWeights("style", 2)
                .setCompositeKernel(
                    CompositeKernel.newBuilder()
                        .setSteps(StepsKernel.newBuilder().setKind(StepKind.STEP_KIND_CODE)))
                .build());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "alpha             | x   | alpha: x (expected: a number)",
        "exact_limit       | -1  | exact_limit: -1 (expected: a number)",
        "volume            | dett | volume: dett (expected: one of logdet, det)",
        "gold              | on  | gold: on (expected: gold.NAME=VALUE)",
        "alpha.x           | 1   | alpha.x: 1 (expected: alpha=VALUE)",
        "gold.reward       | x   | gold.reward: x (expected: a number)",
        "gold.prize        | 1   | gold.prize: not a field of GoldConfig"
            + " (expected: one of threshold, replacement, reward, seed)",
        "composite_kernel.sum.terms.weight | 1 | composite_kernel.sum.terms.weight:"
            + " terms is a list (expected: in the config of a group in the file)",
        "kernel_calibration | on | kernel_calibration: on (expected: one of none, group_median)",
        "truncation_policy | cut | truncation_policy: cut"
            + " (expected: one of chunk_mean, error, keep_head, keep_tail)",
      })
  void unreadableValue_isRefusedWithWhatIsExpected(String key, String value, String message) {
    assertThatThrownBy(() -> ConfigArguments.parse(Map.of(key, value)))
        .isInstanceOf(InputException.class)
        .hasMessage(message);
  }
}
