// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import io.gcpo.advantage.server.diversity.kernel.CosineKernel;
import io.gcpo.advantage.server.linalg.FloatMatrix;
import io.gcpo.advantage.server.linalg.SymmetricMatrix;

/** How similar two rollouts are: a positive semi-definite kernel with values in [-1, 1]. */
public enum Kernel {
  /** Cosine of the two embeddings; 0 with a zero vector. */
  EMBEDDING_COSINE {
    @Override
    public SymmetricMatrix similarity(FloatMatrix embeddings) {
      return CosineKernel.of(embeddings);
    }
  };

  /** The kernel that an estimator is to work on; the default for those that have no such knob. */
  public static Kernel of(EstimatorChoice choice) {
    return choice.parameters().getOrDefault(CommonParameters.KERNEL);
  }

  /** K [n, n] of embeddings [n, d]. */
  public abstract SymmetricMatrix similarity(FloatMatrix embeddings);
}
