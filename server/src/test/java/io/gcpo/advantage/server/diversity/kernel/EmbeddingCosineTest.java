// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class EmbeddingCosineTest {

  @Test
  void of_embeddings_isTheCosineKernel() {
    ComparedRollouts rollouts =
        Compared.embeddings(new float[] {3, 4}, new float[] {4, 3}, new float[2]);
    assertThat(new EmbeddingCosine().of(rollouts))
        .isEqualTo(CosineKernel.of(rollouts.embeddings().orElseThrow()));
    assertThat(new EmbeddingCosine().of(rollouts).get(1, 0)).isEqualTo(0.96);
  }

  @Test
  void of_noEmbeddings_saysSo() {
    assertThatThrownBy(() -> new EmbeddingCosine().of(Compared.nothing(2)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("EMBEDDINGS: absent (expected: present)");
  }

  @Test
  void inputs_areEmbeddings() {
    assertThat(new EmbeddingCosine().inputs()).containsExactly(KernelInput.EMBEDDINGS);
  }
}
