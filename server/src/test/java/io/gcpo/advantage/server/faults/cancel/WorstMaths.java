// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.cancel;

import static io.gcpo.advantage.server.testing.Groups.embedded;
import static io.gcpo.advantage.server.testing.Groups.rollout;

import com.google.protobuf.ByteString;
import io.gcpo.advantage.v1.AdvantageConfig;
import io.gcpo.advantage.v1.Allocation;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.DiversityMetric;
import io.gcpo.advantage.v1.Kernel;
import io.gcpo.advantage.v1.OutputOptions;
import io.gcpo.advantage.v1.Rollout;
import io.gcpo.advantage.v1.RolloutGroup;
import io.gcpo.advantage.v1.Volume;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;

/** Groups on which a thread computes for long: at the limits, and with the dearest settings. */
enum WorstMaths {
  SAMPLED_SHAPLEY {
    @Override
    ComputeAdvantagesRequest request() {
      return asked(group(ROLLOUTS), sampled(Allocation.ALLOCATION_SHAPLEY));
    }
  },
  SAMPLED_BANZHAF {
    @Override
    ComputeAdvantagesRequest request() {
      return asked(group(ROLLOUTS), sampled(Allocation.ALLOCATION_BANZHAF));
    }
  },
  EXACT_SHAPLEY {
    @Override
    ComputeAdvantagesRequest request() {
      return asked(group(24), AdvantageConfig.newBuilder().setExactLimit(24));
    }
  },
  DETERMINANT {
    @Override
    ComputeAdvantagesRequest request() {
      return asked(group(ROLLOUTS), AdvantageConfig.newBuilder().setVolume(Volume.VOLUME_DET));
    }
  },
  SPECTRUM {
    @Override
    ComputeAdvantagesRequest request() {
      ByteBuffer identity =
          ByteBuffer.allocate(ROLLOUTS * ROLLOUTS * Double.BYTES).order(ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < ROLLOUTS * ROLLOUTS; i++) {
        int row = i / ROLLOUTS;
        int column = i % ROLLOUTS;
        identity.putDouble(row == column ? 1 : 0.5 / (1 + Math.abs(row - column)));
      }
      RolloutGroup.Builder group = RolloutGroup.newBuilder().setGroupId("precomputed");
      for (int i = 0; i < ROLLOUTS; i++) {
        group.addRollouts(Rollout.newBuilder().setReward(i % 2));
      }
      return asked(
          group.setSimilarityF64Le(ByteString.copyFrom(identity.flip())).build(),
          AdvantageConfig.newBuilder()
              .setKernel(Kernel.KERNEL_PRECOMPUTED)
              .setAllocation(Allocation.ALLOCATION_MATRIX_LOG));
    }
  },
  TEXTS {
    @Override
    ComputeAdvantagesRequest request() {
      Random random = new Random(1);
      RolloutGroup.Builder group = RolloutGroup.newBuilder().setGroupId("texts");
      for (int i = 0; i < ROLLOUTS; i++) {
        StringBuilder text = new StringBuilder();
        while (text.length() < 12_000) {
          text.append(Integer.toString(random.nextInt(5_000), 36)).append(' ');
        }
        group.addRollouts(rollout(text.toString(), i % 2));
      }
      ComputeAdvantagesRequest request =
          asked(
              group.build(),
              AdvantageConfig.newBuilder()
                  .setKernel(Kernel.KERNEL_LEXICAL)
                  .setAllocation(Allocation.ALLOCATION_MATRIX_LOG));
      return request.toBuilder()
          .setOutput(
              OutputOptions.newBuilder()
                  .addMetrics(DiversityMetric.DIVERSITY_METRIC_SELF_BLEU)
                  .addMetrics(DiversityMetric.DIVERSITY_METRIC_DISTINCT_N))
          .build();
    }
  };

  static final int ROLLOUTS = 1_024;
  private static final int DIMENSION = 384;

  /** What takes seconds where nobody ends it. */
  abstract ComputeAdvantagesRequest request();

  private static ComputeAdvantagesRequest asked(
      RolloutGroup group, AdvantageConfig.Builder config) {
    return ComputeAdvantagesRequest.newBuilder().setConfig(config).addGroups(group).build();
  }

  private static AdvantageConfig.Builder sampled(Allocation allocation) {
    return AdvantageConfig.newBuilder()
        .setAllocation(allocation)
        .setErrorBudget(0)
        .setMaxSamples(1 << 20);
  }

  private static RolloutGroup group(int size) {
    Random random = new Random(size);
    RolloutGroup.Builder group = RolloutGroup.newBuilder().setGroupId("embedded");
    for (int i = 0; i < size; i++) {
      float[] values = new float[DIMENSION];
      for (int k = 0; k < DIMENSION; k++) {
        values[k] = (float) random.nextGaussian();
      }
      group.addRollouts(embedded(1, values));
    }
    return group.build();
  }
}
