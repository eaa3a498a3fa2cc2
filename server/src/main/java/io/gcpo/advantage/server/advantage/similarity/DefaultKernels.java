// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.similarity;

import io.gcpo.advantage.server.advantage.estimator.AdvantageEstimator;
import io.gcpo.advantage.server.diversity.kernel.NamedKernel;

/** The kernel of a request that names none. */
public final class DefaultKernels {
  /** Where every rollout of the group brings a text. */
  public static final NamedKernel WITH_TEXTS = NamedKernel.GENERAL;

  /** Where some rollout brings none. */
  public static final NamedKernel WITHOUT_TEXTS = NamedKernel.EMBEDDING_ONLY;

  private DefaultKernels() {}

  /**
   * The estimator's own default; where it has none, one of the two above.
   *
   * @param texts whether every rollout brings a text
   */
  public static NamedKernel of(AdvantageEstimator estimator, boolean texts) {
    return estimator.defaultKernel().orElse(texts ? WITH_TEXTS : WITHOUT_TEXTS);
  }
}
