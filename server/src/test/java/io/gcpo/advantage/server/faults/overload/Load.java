// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.overload;

import io.gcpo.advantage.server.cli.bench.GroupSource;
import io.gcpo.advantage.server.cli.bench.Lengths;
import io.gcpo.advantage.server.cli.bench.SyntheticGroups;
import io.gcpo.advantage.server.cli.bench.Texts;
import io.gcpo.advantage.server.cli.bench.Workload;
import io.gcpo.advantage.server.testing.Groups;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.RolloutGroup;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** What callers ask for: the bottleneck is the model, or the maths. */
enum Load {
  /** Texts of which none comes twice. */
  EMBEDDING(new SyntheticGroups(4, Lengths.parse("uniform:10-60"), 9)),
  /** Embeddings of the callers' own; the texts' model has nothing to do. */
  OWN_EMBEDDINGS(new GivenEmbeddings());

  // A record of pure values, which says so in words only.
  @SuppressWarnings("ImmutableEnumChecker")
  private final Workload workload;

  Load(GroupSource source) {
    this.workload =
        new Workload(source, 1, 1, Texts.FRESH, ComputeAdvantagesRequest.getDefaultInstance());
  }

  Workload workload() {
    return workload;
  }

  /** Calls without end, in the order of their number. */
  ComputeAdvantagesRequest request(long call) {
    // Another edition than any run of the driver begins with.
    return ComputeAdvantagesRequest.newBuilder()
        .addGroups(workload.source().group(-1 - call, 0))
        .build();
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
      return groups.get(Math.floorMod(edition, GROUPS));
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
}
