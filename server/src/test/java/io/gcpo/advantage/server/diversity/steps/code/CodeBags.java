// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.steps.code;

import io.gcpo.advantage.server.diversity.feature.FeatureBag;

/** The features of texts. */
final class CodeBags {
  private CodeBags() {}

  static FeatureBag of(String text) {
    FeatureBag.Builder bag = new FeatureBag.Builder();
    CodeSteps.collect(text, bag);
    return bag.build();
  }

  static double similarity(String left, String right) {
    return of(left).tanimoto(of(right));
  }

  static boolean looksLikeCode(String text) {
    return CodeSteps.collectIfCode(text, new FeatureBag.Builder());
  }
}
