// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.overload;

import io.gcpo.advantage.server.cli.bench.FailureCount;
import io.gcpo.advantage.server.cli.bench.Result;
import io.gcpo.advantage.server.cli.bench.Series;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.HdrHistogram.Histogram;

/**
 * What came of one rate.
 *
 * @param name of it
 * @param result of the driver
 * @param refused as {@link RawTarget#refused}
 * @param late as {@link RawTarget#late}
 * @param residentBytes of the server at its end
 */
record Stage(String name, Result result, Histogram refused, Histogram late, double residentBytes) {
  private static final double MICROS_PER_MILLI = 1e3;
  private static final double MEBIBYTE = 1 << 20;

  static final String HEADING =
      "| load | calls a second | goodput | p50 | p99 of taken | late | refused | p99 of refusal |"
          + " RSS |\n"
          + "|---|---|---|---|---|---|---|---|---|";

  /** Of the calls that were measured. */
  static double seconds(Result result) {
    return result.window().duration().toMillis() / 1e3;
  }

  /** Answers in time, a second. */
  double goodput() {
    return result.calls().answered() / seconds(result);
  }

  /** Calls a second that were begun. */
  double offered() {
    return result.calls().due() / seconds(result);
  }

  /** Of all calls that were not refused, those that failed counted as if they had just ended. */
  Duration takenP99() {
    Histogram taken = result.latencies().getOrDefault(Series.RESPONSE, new Histogram(3)).copy();
    taken.add(late);
    return Duration.ofNanos(1_000 * taken.getValueAtPercentile(99));
  }

  Duration refusedP99() {
    return Duration.ofNanos(1_000 * refused.getValueAtPercentile(99));
  }

  /** Failures that no overload explains. */
  List<FailureCount> unexplained() {
    return result.failures().stream()
        .filter(failure -> !failure.name().startsWith("UNAVAILABLE QUEUE_FULL"))
        .filter(failure -> !failure.name().startsWith("DEADLINE_EXCEEDED"))
        .toList();
  }

  /** A row below {@link #HEADING}; milliseconds and MiB. */
  String row() {
    String failures =
        result.failures().stream()
            .map(failure -> failure.name() + " " + failure.count())
            .collect(Collectors.joining(", ", " (", ")"));
    return "| %s | %.1f | %.1f | %.0f | %.0f | %d | %d%s | %.1f | %.0f |"
        .formatted(
            name,
            offered(),
            goodput(),
            result.millis(Series.RESPONSE, 50),
            takenP99().toNanos() / 1e6,
            late.getTotalCount(),
            refused.getTotalCount(),
            result.failures().isEmpty() ? "" : failures,
            refused.getValueAtPercentile(99) / MICROS_PER_MILLI,
            residentBytes / MEBIBYTE);
  }
}
