// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.steps;

import io.gcpo.advantage.server.diversity.feature.FeatureBag;
import io.gcpo.advantage.server.diversity.feature.PlainText;
import io.gcpo.advantage.server.diversity.steps.code.CodeSteps;
import io.gcpo.advantage.server.diversity.steps.math.MathSteps;

/** Reads the steps of a solution from its text. */
public final class StepExtractor {
  private StepExtractor() {}

  /** The steps of a text, as features to compare. Linear in the text; never fails. */
  public static FeatureBag extract(String written, StepKind kind) {
    String text = PlainText.of(written);
    FeatureBag.Builder bag = new FeatureBag.Builder();
    switch (kind) {
      case CODE -> CodeSteps.collect(text, bag);
      case SENTENCES -> Sentences.collect(text, bag);
      case MATH -> math(text, bag);
      case AUTO -> {
        if (CodeSteps.collectIfCode(text, bag)) {
          equations(CodeSteps.unread(text), bag);
        } else {
          math(text, bag);
        }
      }
    }
    return bag.build();
  }

  /** A solution by equations stays one if it shows a program as well. */
  private static void equations(String prose, FeatureBag.Builder bag) {
    FeatureBag.Builder steps = new FeatureBag.Builder();
    if (MathSteps.collect(prose, steps) > 0) {
      bag.addAll(steps);
    }
  }

  private static void math(String text, FeatureBag.Builder bag) {
    if (MathSteps.collect(text, bag) == 0) {
      Sentences.collect(text, bag);
    }
  }
}
