// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.gold;

import io.gcpo.advantage.server.advantage.group.ScoredGroup;
import io.gcpo.advantage.server.advantage.parameter.Parameter;
import java.util.List;

/** When a golden answer takes a rollout's place, whose place, and what it earns. */
public final class GoldParameters {
  static final Parameter.Real THRESHOLD =
      new Parameter.Real(
          "threshold",
          "The replacement happens where no reward that counts is above it.",
          0.0,
          -ScoredGroup.MAX_ABS_REWARD,
          false,
          ScoredGroup.MAX_ABS_REWARD);

  /** Which rollout gives its place. */
  public static final Parameter.Choice<Replacement> REPLACEMENT =
      new Parameter.Choice<>(
          "replacement",
          "Which rollout gives its place.",
          Replacement.LAST,
          Replacement.class,
          List.of(Replacement.values()));

  static final Parameter.Real REWARD =
      new Parameter.Real(
          "reward",
          "The golden answer's reward.",
          1.0,
          -ScoredGroup.MAX_ABS_REWARD,
          false,
          ScoredGroup.MAX_ABS_REWARD);

  static final Parameter.Whole SEED =
      new Parameter.Whole(
          "seed",
          "Seeds the replacement random, together with the group's id.",
          0,
          0,
          Integer.MAX_VALUE);

  private GoldParameters() {}

  /** All of them. */
  public static List<Parameter<?>> all() {
    return List.of(THRESHOLD, REPLACEMENT, REWARD, SEED);
  }
}
