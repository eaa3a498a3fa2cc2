// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import io.gcpo.advantage.server.diversity.feature.FeatureBag;
import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import java.util.List;
import java.util.function.Function;

/** The Tanimoto similarities of features of texts, see {@link FeatureBag#tanimoto}. */
final class TanimotoMatrix {
  private TanimotoMatrix() {}

  /** K [n, n]: reads each text once and compares each pair, linear in their features. */
  static SymmetricMatrix of(ComparedRollouts rollouts, Function<String, FeatureBag> features) {
    List<FeatureBag> bags =
        rollouts.texts().orElseThrow(KernelInput.TEXTS::absent).stream().map(features).toList();
    return SymmetricMatrix.of(bags.size(), (i, j) -> bags.get(i).tanimoto(bags.get(j)));
  }
}
