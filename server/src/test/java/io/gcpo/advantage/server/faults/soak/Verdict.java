// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.soak;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/**
 * Whether what was recorded grows. A figure leaks if the whole 95 % interval of its slope lies
 * above what it may grow by.
 *
 * @param leaking figures that do
 * @param table all of them, in Markdown
 */
record Verdict(List<Figure> leaking, String table) {
  private static final double SECONDS_PER_HOUR = 3_600;

  static Verdict on(Recording recording) {
    Duration span = recording.secondHalf();
    double seconds = span.toMillis() / 1e3;
    List<Figure> leaking = new ArrayList<>();
    StringJoiner table = new StringJoiner("\n");
    table.add("| figure | last | slope an hour | 95 % interval | bound an hour |");
    table.add("|---|---|---|---|---|");
    for (Figure figure : Figure.values()) {
      Trend trend = recording.trend(figure);
      double bound = figure.allowed(span) / seconds;
      if (trend.low() > 0 && trend.slope() > bound) {
        leaking.add(figure);
      }
      table.add(
          "| %s | %,.0f | %,.1f | %,.1f to %,.1f | %,.1f |"
              .formatted(
                  figure.name().toLowerCase(Locale.ROOT),
                  recording.last(figure),
                  trend.slope() * SECONDS_PER_HOUR,
                  trend.low() * SECONDS_PER_HOUR,
                  trend.high() * SECONDS_PER_HOUR,
                  bound * SECONDS_PER_HOUR));
    }
    return new Verdict(List.copyOf(leaking), table.toString());
  }
}
