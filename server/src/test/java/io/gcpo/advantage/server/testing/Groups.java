// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.testing;

import com.google.protobuf.ByteString;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.Rollout;
import io.gcpo.advantage.v1.RolloutGroup;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** Short ways to write requests down. */
public final class Groups {
  private Groups() {}

  public static ComputeAdvantagesRequest request(RolloutGroup... groups) {
    return ComputeAdvantagesRequest.newBuilder().addAllGroups(List.of(groups)).build();
  }

  public static RolloutGroup group(String id, Rollout... rollouts) {
    return RolloutGroup.newBuilder().setGroupId(id).addAllRollouts(List.of(rollouts)).build();
  }

  /** Two rollouts, one right and one wrong. */
  public static RolloutGroup sound(String id) {
    return group(id, rollout("right", 1), rollout("wrong", 0));
  }

  public static Rollout rollout(String text, double reward) {
    return Rollout.newBuilder().setText(text).setReward(reward).build();
  }

  public static Rollout unscored(String text) {
    return Rollout.newBuilder().setText(text).build();
  }

  public static Rollout embedded(double reward, float... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return Rollout.newBuilder()
        .setEmbeddingF32Le(ByteString.copyFrom(bytes.flip()))
        .setReward(reward)
        .build();
  }
}
