// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage;

import io.gcpo.advantage.server.advantage.group.RolloutScore;
import io.gcpo.advantage.server.advantage.group.ScoredGroup;
import io.gcpo.advantage.server.diversity.kernel.ComparedRollouts;
import io.gcpo.advantage.server.linalg.FloatMatrix;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Groups as solutions of one problem make them: embeddings of 384 dimensions with cosines of about
 * 0.9, all correct, which is the dearest case.
 */
final class BenchmarkGroups {
  private static final int DIMENSION = 384;

  private BenchmarkGroups() {}

  /** Groups of all-distinct rollouts. */
  static List<ScoredGroup> of(int groups, int rollouts) {
    return IntStream.range(0, groups)
        .mapToObj(seed -> group(seed, IntStream.range(0, rollouts).toArray()))
        .toList();
  }

  /** One group whose rollout i is a copy of the solution {@code solutions[i]}. */
  static ScoredGroup group(int seed, int... solutions) {
    Random random = new Random(seed);
    double[] problem = random.doubles(DIMENSION, -1, 1).toArray();
    List<float[]> distinct = new ArrayList<>();
    for (int i = 0; i <= IntStream.of(solutions).max().orElseThrow(); i++) {
      float[] row = new float[DIMENSION];
      for (int k = 0; k < DIMENSION; k++) {
        row[k] = (float) (problem[k] + 0.2 * random.nextGaussian());
      }
      distinct.add(row);
    }
    return ScoredGroup.of(
            IntStream.of(solutions)
                .mapToObj(solution -> RolloutScore.of(OptionalDouble.of(1)))
                .toList())
        .withCompared(
            new ComparedRollouts(
                solutions.length,
                Optional.of(
                    FloatMatrix.ofRows(IntStream.of(solutions).mapToObj(distinct::get).toList())),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
  }

  /** Groups of one size as the NumPy script reads them. */
  static byte[] bytes(List<ScoredGroup> groups) {
    int rollouts = groups.get(0).size();
    byte[] header =
        "%d %d %d%n".formatted(groups.size(), rollouts, DIMENSION).getBytes(StandardCharsets.UTF_8);
    int values = groups.size() * rollouts * (1 + DIMENSION);
    ByteBuffer buffer =
        ByteBuffer.allocate(header.length + values * Float.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(header);
    for (ScoredGroup group : groups) {
      for (int i = 0; i < rollouts; i++) {
        buffer.putFloat((float) group.rollout(i).reward().orElseThrow());
      }
    }
    for (ScoredGroup group : groups) {
      FloatMatrix embeddings = group.compared().orElseThrow().embeddings().orElseThrow();
      for (int i = 0; i < rollouts; i++) {
        for (int k = 0; k < DIMENSION; k++) {
          buffer.putFloat(embeddings.get(i, k));
        }
      }
    }
    return buffer.array();
  }
}
