// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.credit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SeededNumbersTest {

  /** 6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, ... */
  @Test
  void nextBoolean_isTheTopBitOfSplitMix64() {
    SeededNumbers numbers = new SeededNumbers(1234567);
    assertThat(IntStream.range(0, 5).mapToObj(i -> numbers.nextBoolean()))
        .containsExactly(false, false, true, false, true);
  }

  @Test
  void nextOrder_allOrders_areEquallyLikely() {
    SeededNumbers numbers = new SeededNumbers(1);
    Map<String, Integer> counts = new HashMap<>();
    for (int i = 0; i < 24_000; i++) {
      counts.merge(Arrays.toString(numbers.nextOrder(4)), 1, Integer::sum);
    }
    // 1,000 each on average, with a standard deviation of 31.
    assertThat(counts).hasSize(24);
    assertThat(counts.values()).allMatch(count -> count > 850 && count < 1150);
  }
}
