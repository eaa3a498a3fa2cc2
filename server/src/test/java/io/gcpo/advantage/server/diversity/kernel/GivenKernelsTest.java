// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import org.junit.jupiter.api.Test;

/** {@link ClusterLabels} and {@link Precomputed}. */
final class GivenKernelsTest {

  @Test
  void clusterLabels_equalLabels_areOne() {
    assertThat(new ClusterLabels().of(Compared.labels("a", "b", "A", "b")))
        .isEqualTo(Compared.matrix(new double[] {0}, new double[] {0, 0}, new double[] {0, 1, 0}));
  }

  @Test
  void clusterLabels_absent_saysSo() {
    assertThat(new ClusterLabels().inputs()).containsExactly(KernelInput.CLUSTER_LABELS);
    assertThatThrownBy(() -> new ClusterLabels().of(Compared.nothing(2)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("CLUSTER_LABELS: absent (expected: present)");
  }

  @Test
  void precomputed_isWhatWasGiven() {
    SymmetricMatrix given = Compared.matrix(new double[] {0.3}, new double[] {-0.1, 0.7});
    assertThat(new Precomputed().of(Compared.similarities(given))).isSameAs(given);
  }

  @Test
  void precomputed_absent_saysSo() {
    assertThat(new Precomputed().inputs()).containsExactly(KernelInput.SIMILARITIES);
    assertThatThrownBy(() -> new Precomputed().of(Compared.nothing(2)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("SIMILARITIES: absent (expected: present)");
  }
}
