// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.nd4j;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The weights of one layer: matrices [in, out], each with its bias [out], and two norms. */
record BertLayer(
    Linear queryKeyValue, Linear attended, Norm attentionNorm, Linear up, Linear down, Norm norm) {

  /** x · matrix + bias. */
  record Linear(INDArray matrix, INDArray bias) {}

  /** Layer normalisation's factor and addend, [d] each. */
  record Norm(INDArray factor, INDArray addend) {}

  /** All of them. */
  List<INDArray> arrays() {
    return List.of(
        queryKeyValue.matrix,
        queryKeyValue.bias,
        attended.matrix,
        attended.bias,
        attentionNorm.factor,
        attentionNorm.addend,
        up.matrix,
        up.bias,
        down.matrix,
        down.bias,
        norm.factor,
        norm.addend);
  }
}
