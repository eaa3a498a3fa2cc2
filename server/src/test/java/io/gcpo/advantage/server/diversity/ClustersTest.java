// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity;

import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import org.junit.jupiter.api.Test;

final class ClustersTest {

  @Test
  void count_chain_isOneClusterInAnyOrder() {
    SymmetricMatrix chain =
        SymmetricMatrix.of(4, (i, j) -> i == j ? 1 : i - j == 1 && i != 3 ? 0.9 : 0);
    assertThat(Clusters.count(chain, 0.9)).isEqualTo(2);
    assertThat(Clusters.count(chain.principal(0, 2, 3, 1), 0.9)).isEqualTo(2);
    assertThat(Clusters.count(chain, 0.91)).isEqualTo(4);
  }

  @Test
  void count_empty_isZero() {
    assertThat(Clusters.count(SymmetricMatrix.of(0, (i, j) -> 1), 0.5)).isZero();
  }
}
