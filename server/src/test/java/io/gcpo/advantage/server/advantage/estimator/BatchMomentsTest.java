// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gcpo.advantage.server.linalg.Vector;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BatchMomentsTest {
  @Test
  void of_weightedValues_countsEachAsOftenAsItWeighs() {
    BatchMoments moments =
        BatchMoments.of(
            List.of(Vector.of(1, 5), Vector.of(), Vector.of(2)),
            List.of(Vector.of(1, 1), Vector.of(), Vector.of(2)));
    assertThat(moments).isEqualTo(new BatchMoments(4, 2.5, 9, 4));
    assertThat(moments.sampleVariance()).isEqualTo(3);
    assertThat(moments.populationVariance()).isEqualTo(2.25);
  }

  @Test
  void of_noValue_isATie() {
    BatchMoments moments = BatchMoments.of(List.of(Vector.of()), List.of(Vector.of()));
    assertThat(moments).isEqualTo(new BatchMoments(0, 0, 0, 0));
    assertThat(moments.standardise(List.of(Vector.of()), 0, all -> 1)).containsExactly(Vector.of());
  }

  @Test
  void of_centeredValues_measuresFromZero() {
    List<Vector> values = List.of(Vector.of(0.1, 0.2, -0.3), Vector.of(0.0, 0.0));
    List<Vector> ones = List.of(Vector.of(1, 1, 1), Vector.of(1, 1));
    assertThat(BatchMoments.of(values, ones).mean()).isNotZero();
    BatchMoments moments = BatchMoments.ofCentered(values, ones);
    assertThat(moments.mean()).isZero();
    assertThat(moments.squares()).isCloseTo(0.14, within(1e-15));
    assertThat(moments.standardise(values, 0, all -> 1)).isEqualTo(values);
  }

  @Test
  void of_anyOrder_isEqualBitByBit() {
    for (int seed = 0; seed < 1000; seed++) {
      Random random = new Random(seed);
      List<double[]> items = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        double value = random.nextInt(3) == 0 ? 0.1 : 1e6 * random.nextGaussian();
        items.add(new double[] {value, 1 + random.nextInt(1000)});
      }
      BatchMoments before = moments(items);
      Collections.shuffle(items, random);
      assertThat(moments(items)).as("seed %d", seed).isEqualTo(before);
    }
  }

  private static BatchMoments moments(List<double[]> items) {
    int half = items.size() / 3;
    return BatchMoments.of(
        List.of(column(items.subList(0, half), 0), column(items.subList(half, items.size()), 0)),
        List.of(column(items.subList(0, half), 1), column(items.subList(half, items.size()), 1)));
  }

  private static Vector column(List<double[]> items, int column) {
    return Vector.of(items.size(), i -> items.get(i)[column]);
  }
}
