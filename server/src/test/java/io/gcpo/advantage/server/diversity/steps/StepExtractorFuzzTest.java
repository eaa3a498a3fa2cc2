// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import io.gcpo.advantage.server.diversity.feature.FeatureBag;

/** Whatever a policy writes: steps are read without a failure, the same each time, and not many. */
class StepExtractorFuzzTest {
  /** The heaviest character: "=" between operands, with an equation and a result. */
  private static final int MAX_WEIGHT_PER_CHARACTER = 16;

  @FuzzTest(maxExecutions = 20_000)
  void readsAnyText(FuzzedDataProvider data) {
    StepKind kind = data.pickValue(StepKind.values());
    String text = data.consumeRemainingAsString();
    FeatureBag bag = StepExtractor.extract(text, kind);
    assertThat(bag).isEqualTo(StepExtractor.extract(text, kind));
    assertThat(bag.tanimoto(bag)).isEqualTo(1);
    assertThat(bag.total()).isLessThanOrEqualTo(MAX_WEIGHT_PER_CHARACTER * (text.length() + 1L));
  }
}
