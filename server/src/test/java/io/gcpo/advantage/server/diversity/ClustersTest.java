// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity;

import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ClustersTest {

  @Test
  void count_chain_isOneClusterInAnyOrder() {
    SymmetricMatrix chain =
        SymmetricMatrix.of(4, (i, j) -> i == j ? 1 : i - j == 1 && i != 3 ? 0.9 : 0);
    assertThat(Clusters.of(chain, 0.9).count()).isEqualTo(2);
    assertThat(Clusters.of(chain.principal(0, 2, 3, 1), 0.9).count()).isEqualTo(2);
    assertThat(Clusters.of(chain, 0.91).count()).isEqualTo(4);
  }

  @Test
  void clusterOf_members_areNumberedByTheFirst() {
    SymmetricMatrix pairs = SymmetricMatrix.of(4, (i, j) -> (i - j) % 2 == 0 ? 1 : 0);
    Clusters clusters = Clusters.of(pairs, 1);
    assertThat(IntStream.range(0, 4).map(clusters::clusterOf)).containsExactly(0, 1, 0, 1);
    assertThat(clusters.size(0)).isEqualTo(2);
    assertThat(clusters.size(1)).isEqualTo(2);
  }

  @Test
  void count_empty_isZero() {
    assertThat(Clusters.of(SymmetricMatrix.of(0, (i, j) -> 1), 0.5).count()).isZero();
  }
}
