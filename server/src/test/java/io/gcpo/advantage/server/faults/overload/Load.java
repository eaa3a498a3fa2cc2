// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.overload;

import io.gcpo.advantage.server.cli.bench.GroupSource;
import io.gcpo.advantage.server.cli.bench.Lengths;
import io.gcpo.advantage.server.cli.bench.SyntheticGroups;
import io.gcpo.advantage.server.cli.bench.Texts;
import io.gcpo.advantage.server.cli.bench.Workload;
import io.gcpo.advantage.server.faults.report.Scale;
import io.gcpo.advantage.server.testing.Groups;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.RolloutGroup;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * What callers ask for: the bottleneck is the model, or the maths. A call costs tens to hundreds of
 * milliseconds in full, as parts of a training step do. To refuse one costs up to one: where
 * serving it cost no more than a few, no server could refuse nine for each that it serves.
 */
enum Load {
  /** Texts of which none comes twice, as long as solutions of GSM8K. */
  EMBEDDING,
  /** Embeddings of the callers' own; the texts' model has nothing to do. */
  OWN_EMBEDDINGS;

  private static final Workload FRESH_TEXTS =
      workload(new SyntheticGroups(4, Lengths.parse("uniform:10-60"), 9), Scale.of(1, 4));
  private static final Workload GIVEN =
      workload(new GivenEmbeddings(), Scale.of(1, GivenEmbeddings.GROUPS));

  Workload workload() {
    return switch (this) {
      case EMBEDDING -> FRESH_TEXTS;
      case OWN_EMBEDDINGS -> GIVEN;
    };
  }

  /** Calls without end, in the order of their number. */
  ComputeAdvantagesRequest request(long call) {
    // Another edition than any run of the driver begins with.
    ComputeAdvantagesRequest.Builder request = ComputeAdvantagesRequest.newBuilder();
    for (int i = 0; i < workload().groupsPerCall(); i++) {
      request.addGroups(workload().source().group(-1 - call, i));
    }
    return request.build();
  }

  /** A few large groups over and over: what they cost does not depend on having been seen. */
  private static final class GivenEmbeddings implements GroupSource {
    private static final int GROUPS = 16;
    private static final int ROLLOUTS = 64;
    private static final int DIMENSION = 32;

    private final List<RolloutGroup> groups =
        IntStream.range(0, GROUPS).mapToObj(GivenEmbeddings::group).toList();

    @Override
    public RolloutGroup group(long edition, int index) {
      return groups.get(Math.floorMod(edition + index, GROUPS));
    }

    private static RolloutGroup group(int seed) {
      Random random = new Random(seed);
      RolloutGroup.Builder group = RolloutGroup.newBuilder().setGroupId("given-" + seed);
      for (int i = 0; i < ROLLOUTS; i++) {
        float[] values = new float[DIMENSION];
        for (int k = 0; k < DIMENSION; k++) {
          values[k] = (float) random.nextGaussian();
        }
        group.addRollouts(Groups.embedded(random.nextDouble(), values));
      }
      return group.build();
    }
  }

  private static Workload workload(GroupSource source, int groups) {
    return new Workload(
        source, groups, groups, Texts.FRESH, ComputeAdvantagesRequest.getDefaultInstance());
  }
}
