// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RolloutSetTest {
  private static final SymmetricMatrix KERNEL =
      SymmetricMatrix.of(3, (i, j) -> i == j ? 1 : 0.1 * i);

  @Test
  void new_sizesThatDisagree_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RolloutSet(2, Optional.of(KERNEL), Optional.empty()))
        .withMessage("similarity: 3 (expected: 2)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RolloutSet(2, Optional.empty(), Optional.of(List.of("a"))))
        .withMessage("texts: 1 (expected: 2)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RolloutSet(-1, Optional.empty(), Optional.empty()))
        .withMessage("count: -1 (expected: >= 0)");
  }

  @Test
  void new_texts_areCopied() {
    List<String> texts = new ArrayList<>(List.of("a", "b"));
    RolloutSet set = RolloutSet.ofTexts(texts);
    texts.set(0, "c");
    assertThat(set.texts()).contains(List.of("a", "b"));
  }

  @Test
  void pick_positions_takesThemInThatOrder() {
    RolloutSet set =
        new RolloutSet(3, Optional.of(KERNEL), Optional.of(List.of("a", "b", "c"))).pick(2, 0);
    assertThat(set.count()).isEqualTo(2);
    assertThat(set.similarity()).contains(KERNEL.principal(2, 0));
    assertThat(set.texts()).contains(List.of("c", "a"));
  }

  @Test
  void pick_whatIsNotThere_isNotThere() {
    assertThat(RolloutSet.ofTexts(List.of("a", "b")).pick(1).similarity()).isEmpty();
    assertThat(RolloutSet.ofSimilarity(KERNEL).pick().texts()).isEmpty();
    assertThat(RolloutSet.ofSimilarity(KERNEL).pick().count()).isZero();
  }
}
