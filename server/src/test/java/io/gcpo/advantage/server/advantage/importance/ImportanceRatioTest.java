// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.importance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gcpo.advantage.server.advantage.group.RolloutScore.Likelihood;
import io.gcpo.advantage.server.advantage.parameter.Parameters;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ImportanceRatioTest {
  private final Parameters defaults = Parameters.defaultsOf(ImportanceParameters.all());

  @ParameterizedTest
  @CsvSource({
    // log ratio per token, advantage, clipped
    "0.0005,  1, true",
    "0.0005, -1, false",
    "0.0003,  1, false",
    "-0.0004, -1, true",
    "-0.0004,  1, false",
    "-0.0002, -1, false",
    "0.5, 0, false",
  })
  void of_clipsOnTheSideThatMatters(double logRatio, double advantage, boolean clipped) {
    ImportanceRatio ratio =
        ImportanceRatio.of(likelihood(100, 100 * logRatio - 7, -7), advantage, defaults)
            .orElseThrow();
    assertThat(ratio.value()).isCloseTo(Math.exp(logRatio), within(1e-12));
    assertThat(ratio.clipped()).isEqualTo(clipped);
  }

  @Test
  void of_hugeRatios_areHeldByTheirLogarithm() {
    assertThat(ImportanceRatio.of(likelihood(1, 1e300, -1e300), 1, defaults).orElseThrow().value())
        .isEqualTo(StrictMath.exp(10));
    Parameters loose = defaults.with(ImportanceParameters.MAX_LOG_RATIO, 700.0);
    assertThat(
            ImportanceRatio.of(likelihood(1, Double.MAX_VALUE, -Double.MAX_VALUE), 1, loose)
                .orElseThrow()
                .value())
        .isEqualTo(StrictMath.exp(700))
        .isFinite();
    assertThat(ImportanceRatio.of(likelihood(1, -1e300, 0), 1, loose).orElseThrow().value())
        .isPositive();
  }

  @Test
  void of_missingPart_isAbsent() {
    assertThat(ImportanceRatio.of(Likelihood.UNKNOWN, 1, defaults)).isEmpty();
    assertThat(ImportanceRatio.of(likelihood(0, -1, -1), 1, defaults)).isEmpty();
    assertThat(
            ImportanceRatio.of(
                new Likelihood(OptionalInt.of(3), OptionalDouble.of(-1), OptionalDouble.empty()),
                1,
                defaults))
        .isEmpty();
  }

  private static Likelihood likelihood(int tokens, double logProb, double oldLogProb) {
    return new Likelihood(
        OptionalInt.of(tokens), OptionalDouble.of(logProb), OptionalDouble.of(oldLogProb));
  }
}
