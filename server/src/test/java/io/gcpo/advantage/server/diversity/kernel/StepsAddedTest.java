// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StepsAddedTest {

  @Test
  void of_countsDifferentStepsThatNoOtherTakes() {
    assertThat(
            StepsAdded.of(
                List.of(List.of("a", "b"), List.of("b", "c", "c", "d"), List.of("b"), List.of())))
        .containsExactly(1.0, 2.0, 0.0, 0.0);
  }
}
