// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import io.gcpo.advantage.server.diversity.feature.FeatureBag;
import io.gcpo.advantage.server.linalg.Interruption;
import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import java.util.List;

/** The Tanimoto similarities of features of texts, see {@link FeatureBag#tanimoto}. */
final class TanimotoMatrix {
  private TanimotoMatrix() {}

  /** K [n, n]: asks each text once and compares each pair, linear in their features. */
  static SymmetricMatrix of(ComparedRollouts rollouts, TextFeatures features) {
    List<FeatureBag> bags =
        rollouts.texts().orElseThrow(KernelInput.TEXTS::absent).stream()
            .map(
                text -> {
                  Interruption.check();
                  return text.features(features);
                })
            .toList();
    return SymmetricMatrix.of(
        bags.size(), (i, j) -> i == j ? 1 : bags.get(i).tanimoto(bags.get(j)));
  }
}
