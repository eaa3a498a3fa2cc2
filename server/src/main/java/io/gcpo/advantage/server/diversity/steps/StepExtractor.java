// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.steps;

import io.gcpo.advantage.server.diversity.feature.FeatureBag;
import io.gcpo.advantage.server.diversity.feature.FeatureHash;
import java.util.Locale;

/** Reads the steps of a solution from its text. */
public final class StepExtractor {
  private StepExtractor() {}

  /** The steps of a text, as features to compare. Linear in the text. */
  public static FeatureBag extract(String text, StepKind kind) {
    FeatureBag.Builder bag = new FeatureBag.Builder();
    for (String line : text.toLowerCase(Locale.ROOT).split("\n", -1)) {
      bag.add(FeatureHash.of(kind == StepKind.SENTENCES ? line : line.strip()), 1);
    }
    return bag.build();
  }
}
