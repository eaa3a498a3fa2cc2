// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gcpo.advantage.server.advantage.GroupAdvantages;
import io.gcpo.advantage.server.linalg.Vector;

/** Columns of an answer, and a comparison to 1e-9. */
public final class Advantages {
  private Advantages() {}

  public static Vector advantages(GroupAdvantages group) {
    return Vector.of(group.rollouts().size(), i -> group.rollouts().get(i).advantage());
  }

  public static Vector credits(GroupAdvantages group) {
    return Vector.of(
        group.rollouts().size(), i -> group.rollouts().get(i).credit().orElseThrow().share());
  }

  public static Vector scaledCredits(GroupAdvantages group) {
    return Vector.of(
        group.rollouts().size(), i -> group.rollouts().get(i).credit().orElseThrow().scaled());
  }

  public static void assertClose(String description, Vector actual, double... expected) {
    assertThat(actual.size()).as(description).isEqualTo(expected.length);
    for (int i = 0; i < expected.length; i++) {
      assertThat(actual.get(i))
          .as("%s of rollout %d", description, i)
          .isCloseTo(expected[i], within(1e-9));
    }
  }
}
