// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import io.gcpo.advantage.server.linalg.Vector;
import java.util.Optional;

/** The m rollouts of a group whose reward counts, as an estimator sees them. Immutable. */
public final class ScoredRollouts {
  private final Vector rewards;
  private final Optional<SymmetricMatrix> similarity;

  /**
   * Checks that the sizes agree.
   *
   * @param rewards [m]
   * @param similarity [m, m]; empty for estimators on rewards alone
   */
  public ScoredRollouts(Vector rewards, Optional<SymmetricMatrix> similarity) {
    similarity.ifPresent(
        kernel -> {
          if (kernel.size() != rewards.size()) {
            throw new IllegalArgumentException(
                "similarity: " + kernel.size() + " rows (expected: " + rewards.size() + ")");
          }
        });
    this.rewards = rewards;
    this.similarity = similarity;
  }

  /** m. */
  public int count() {
    return rewards.size();
  }

  /** [m]. */
  public Vector rewards() {
    return rewards;
  }

  /** K [m, m]; throws {@link IllegalStateException} if the group came without embeddings. */
  public SymmetricMatrix similarity() {
    return similarity.orElseThrow(
        () -> new IllegalStateException("similarity: none (expected: a group with embeddings)"));
  }
}
