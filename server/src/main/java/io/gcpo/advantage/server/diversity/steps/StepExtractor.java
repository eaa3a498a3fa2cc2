// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.steps;

import io.gcpo.advantage.server.diversity.feature.FeatureBag;
import io.gcpo.advantage.server.diversity.steps.math.MathSteps;

/** Reads the steps of a solution from its text. */
public final class StepExtractor {
  private StepExtractor() {}

  /** The steps of a text, as features to compare. Linear in the text; never fails. */
  public static FeatureBag extract(String text, StepKind kind) {
    FeatureBag.Builder bag = new FeatureBag.Builder();
    if (kind == StepKind.SENTENCES || MathSteps.collect(text, bag) == 0) {
      Sentences.collect(text, bag);
    }
    return bag.build();
  }
}
