// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class KneeTest {
  @Test
  void knee_isTheLastRunBeforeTheServerFallsBehind() {
    List<Result> runs = List.of(run(1, 10), run(2, 20), run(4, 37), run(8, 50), run(16, 160));

    assertThat(Knee.of(runs)).contains(runs.get(1));
    assertThat(Report.knee(runs)).startsWith("knee      2.00 calls/s: ");
  }

  @Test
  void knee_ratesInAnyOrder_isTheSame() {
    List<Result> runs = List.of(run(8, 50), run(1, 10), run(4, 37), run(2, 20));

    assertThat(Knee.of(runs)).contains(runs.get(3));
  }

  @Test
  void knee_belowTheLowestRate_isNone() {
    assertThat(Knee.of(List.of(run(4, 30)))).isEmpty();
    assertThat(Report.knee(List.of(run(4, 30)))).isEqualTo("knee      below the lowest rate");
  }

  @Test
  void sweepPlot_standsForAnyOutcome() {
    assertThat(SweepPlot.of(List.of(run(4, 0)))).contains("</svg>").doesNotContain("NaN");
    assertThat(LatencyPlot.of(run(4, 0))).contains("</svg>").doesNotContain("NaN");
  }

  /** Ten seconds of calls, the rest unanswered. */
  private static Result run(double rate, long answered) {
    Map<Series, Histogram> none = new EnumMap<>(Series.class);
    Arrays.stream(Series.values()).forEach(series -> none.put(series, new Histogram(3)));
    return new Result(
        new ConstantRate(rate),
        new Window(Duration.ZERO, Duration.ofSeconds(10)),
        new Calls(Math.round(rate * 10), answered, 0, 0),
        Calls.NONE,
        0,
        Work.NONE,
        none,
        List.of(),
        List.of(),
        List.of(),
        10,
        new DriverUsage(0, 0, Duration.ZERO, Duration.ZERO),
        false);
  }
}
