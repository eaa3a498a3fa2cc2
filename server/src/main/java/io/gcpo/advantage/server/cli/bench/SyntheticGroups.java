// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli.bench;

import io.gcpo.advantage.v1.Rollout;
import io.gcpo.advantage.v1.RolloutGroup;
import java.util.SplittableRandom;

/**
 * Groups of made-up texts, half of them correct.
 *
 * @param rollouts of each group, at least 1
 * @param seed the same texts for the same seed
 */
public record SyntheticGroups(int rollouts, Lengths lengths, long seed) implements GroupSource {
  private static final long MIX = 0x9E3779B97F4A7C15L;

  /** Refuses empty groups. */
  public SyntheticGroups {
    Expected.that(rollouts >= 1, "rollouts", rollouts, ">= 1");
  }

  @Override
  public RolloutGroup group(long edition, int index) {
    SplittableRandom random = new SplittableRandom((seed * MIX + edition) * MIX + index);
    RolloutGroup.Builder group = RolloutGroup.newBuilder().setGroupId("group-" + index);
    for (int i = 0; i < rollouts; i++) {
      group.addRollouts(
          Rollout.newBuilder()
              .setRolloutId("rollout-" + i)
              .setText(SyntheticText.write(random, lengths.draw(random)))
              .setReward(random.nextInt(2)));
    }
    return group.build();
  }
}
