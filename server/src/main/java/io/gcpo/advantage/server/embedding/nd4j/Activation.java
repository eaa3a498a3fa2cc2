// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.nd4j;

import com.google.common.collect.ImmutableMap;
import java.util.Optional;
import java.util.Set;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.scalar.RectifiedLinear;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Erf;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Tanh;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What the feed-forward network does between its two matrices, up to a {@link #factor} that is
 * folded into the second. GELU: Hendrycks and Gimpel, arXiv 1606.08415.
 */
enum Activation {
  /** x/2 (1 + erf(x / sqrt 2)). */
  GELU(0.5f) {
    @Override
    void apply(INDArray x, INDArray scratch) {
      x.muli(Math.sqrt(0.5), scratch);
      Nd4j.exec(new Erf(scratch, scratch));
      scratch.addi(1);
      x.muli(scratch);
    }
  },
  /** x/2 (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))). */
  GELU_TANH(0.5f) {
    @Override
    void apply(INDArray x, INDArray scratch) {
      x.muli(x, scratch);
      scratch.muli(0.044715);
      scratch.addi(1);
      scratch.muli(x);
      scratch.muli(Math.sqrt(2 / Math.PI));
      Nd4j.exec(new Tanh(scratch, scratch));
      scratch.addi(1);
      x.muli(scratch);
    }
  },
  /** max(x, 0). */
  RELU(1) {
    @Override
    void apply(INDArray x, INDArray scratch) {
      Nd4j.exec(new RectifiedLinear(x, x, 0));
    }
  };

  /** By the names in {@code hidden_act}, as transformers has them. */
  private static final ImmutableMap<String, Activation> BY_NAME =
      ImmutableMap.<String, Activation>builder()
          .put("gelu", GELU)
          .put("gelu_python", GELU)
          .put("gelu_new", GELU_TANH)
          .put("gelu_fast", GELU_TANH)
          .put("gelu_pytorch_tanh", GELU_TANH)
          .put("relu", RELU)
          .buildOrThrow();

  private final float factor;

  Activation(float factor) {
    this.factor = factor;
  }

  static Optional<Activation> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  static Set<String> names() {
    return BY_NAME.keySet();
  }

  /** What the next matrix is multiplied by. */
  float factor() {
    return factor;
  }

  /** In place, up to the factor; {@code scratch} has the shape of {@code x}. */
  abstract void apply(INDArray x, INDArray scratch);
}
