// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrendTest {
  private static final int POINTS = 200;

  @Test
  void line_isItsSlope() {
    Trend trend = trend(i -> 7 + 0.5 * i);

    assertThat(trend.slope()).isCloseTo(0.5, within(1e-12));
    assertThat(trend.low()).isCloseTo(0.5, within(1e-12));
    assertThat(trend.high()).isCloseTo(0.5, within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void noiseWithoutGrowth_hasZeroInItsInterval(long seed) {
    Random random = new Random(seed);
    Trend trend = trend(i -> 100 + 10 * random.nextGaussian());

    assertThat(trend.low()).isNegative();
    assertThat(trend.high()).isPositive().isLessThan(0.1);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void growthUnderNoise_isFound(long seed) {
    Random random = new Random(seed);
    Trend trend = trend(i -> 100 + 0.2 * i + 10 * random.nextGaussian());

    assertThat(trend.low()).isPositive();
    assertThat(trend.slope()).isCloseTo(0.2, within(0.05));
  }

  @Test
  void collections_doNotHideGrowth() {
    // A sawtooth whose lowest points rise: what a leak looks like between two collections.
    Trend trend = trend(i -> 40 * (i % 10) + 1.0 * i);

    assertThat(trend.low()).isPositive();
  }

  @Test
  void burst_isNoGrowth() {
    Trend trend = trend(i -> i % 20 == 19 ? 1_000 : 50);

    assertThat(trend.slope()).isZero();
    assertThat(trend.high()).isZero();
  }

  @Test
  void tooFewPoints_areRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Trend.of(new double[3], new double[3]))
        .withMessage("points: 3 times and 3 values (expected: as many, at least 4)");
  }

  private static Trend trend(IntToDoubleFunction value) {
    return Trend.of(
        IntStream.range(0, POINTS).asDoubleStream().toArray(),
        IntStream.range(0, POINTS).mapToDouble(value).toArray());
  }
}
