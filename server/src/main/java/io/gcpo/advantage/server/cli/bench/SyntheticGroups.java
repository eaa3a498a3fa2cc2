// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli.bench;

import com.google.common.hash.Hashing;
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
  /** Refuses empty groups. */
  public SyntheticGroups {
    Expected.that(rollouts >= 1, "rollouts", rollouts, ">= 1");
  }

  @Override
  public RolloutGroup group(long edition, int index) {
    SplittableRandom random = random(edition, index);
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

  /** Hashed: seeds at even distances would give the same numbers, some draws later. */
  private SplittableRandom random(long edition, int index) {
    return new SplittableRandom(
        Hashing.sipHash24()
            .newHasher()
            .putLong(seed)
            .putLong(edition)
            .putInt(index)
            .hash()
            .asLong());
  }
}
