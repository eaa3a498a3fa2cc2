// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PairNumbersTest {

  @Test
  void of_pairs_areNumberedInTheirOrder() {
    PairNumbers pairs = PairNumbers.of(new int[] {1, 0, 1, 0, 1}, 2, new int[] {2, 2, 0, 2, 2}, 3);
    assertThat(pairs.numbers()).containsExactly(2, 0, 1, 0, 2);
    assertThat(pairs.distinct()).isEqualTo(3);
  }

  @Test
  void of_nothing_isNothing() {
    PairNumbers pairs = PairNumbers.of(new int[0], 0, new int[0], 0);
    assertThat(pairs.numbers()).isEmpty();
    assertThat(pairs.distinct()).isZero();
  }
}
