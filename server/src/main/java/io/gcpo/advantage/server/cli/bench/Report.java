// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What people read of results: lines without a line end. */
public final class Report {
  private static final double[] PERCENTILES = {50, 90, 99, 99.9, 100};

  private Report() {}

  /** All of one run. */
  public static List<String> of(Result run) {
    List<String> lines = new ArrayList<>();
    Calls calls = run.calls();
    lines.add(
        line(
            "calls     %,d due, %,d answered, %,d failed, %,d not sent, %,d unanswered;"
                + " %,d attempts for %,d sent, warm-up included",
            calls.due(),
            calls.answered(),
            calls.failed(),
            calls.notSent(),
            calls.unanswered(),
            run.usage().attempts(),
            run.usage().sent()));
    lines.add(
        line(
            "rate      %.2f calls/s asked, %.2f answered",
            run.schedule().callsPerSecond(), run.callsPerSecond()));
    Work work = run.work();
    lines.add(
        line(
            "work      %,.1f groups/s, %,.0f rollouts/s, %,.0f tokens/s, of them %,.0f embedded",
            work.groups() / run.seconds(),
            work.rollouts() / run.seconds(),
            Math.max(work.textTokens(), work.embeddedTokens()) / run.seconds(),
            work.embeddedTokens() / run.seconds()));
    lines.add(line("driver    %.2f processors busy", run.usage().processors()));
    lines.add(
        "%-18s %9s %9s %9s %9s %9s %9s"
            .formatted("milliseconds", "count", "p50", "p90", "p99", "p99.9", "max"));
    for (Series series : Series.values()) {
      if (run.count(series) > 0) {
        lines.add(latencies(run, series));
      }
    }
    if (run.failedSteps() > 0) {
      lines.add(line("steps without all their answers: %,d", run.failedSteps()));
    }
    run.failures().forEach(failure -> lines.add(failure("call ", failure)));
    run.groupFailures().forEach(failure -> lines.add(failure("group", failure)));
    run.problems().forEach(problem -> lines.add("INVALID: " + problem));
    return lines;
  }

  /** The heading of a sweep's table. */
  public static String sweepHeading() {
    return "%9s %9s %9s %11s %9s %9s %9s %9s %7s"
        .formatted(
            "calls/s",
            "answered",
            "groups/s",
            "tokens/s",
            "p50 ms",
            "p99 ms",
            "max ms",
            "failed",
            "kept up");
  }

  /** One run of a sweep. */
  public static String sweepRow(Result run) {
    return String.format(
        Locale.ROOT,
        "%9.2f %9.2f %9.1f %,11.0f %9.1f %9.1f %9.1f %9d %7s",
        run.schedule().callsPerSecond(),
        run.callsPerSecond(),
        run.work().groups() / run.seconds(),
        run.work().embeddedTokens() / run.seconds(),
        run.millis(Series.RESPONSE, 50),
        run.millis(Series.RESPONSE, 99),
        run.millis(Series.RESPONSE, 100),
        run.calls().due() - run.calls().answered(),
        run.valid() ? run.keptUp() ? "yes" : "no" : "INVALID");
  }

  /** The sum of a sweep. */
  public static String knee(List<Result> runs) {
    return Knee.of(runs)
        .map(
            run ->
                line(
                    "knee      %.2f calls/s: %.1f groups/s, %,.0f tokens/s embedded, p99 %.1f ms",
                    run.schedule().callsPerSecond(),
                    run.work().groups() / run.seconds(),
                    run.work().embeddedTokens() / run.seconds(),
                    run.millis(Series.RESPONSE, 99)))
        .orElse("knee      below the lowest rate");
  }

  private static String latencies(Result run, Series series) {
    StringBuilder row =
        new StringBuilder(
            line(
                "%-18s %,9d",
                series.name().toLowerCase(Locale.ROOT).replace('_', ' '), run.count(series)));
    for (double percentile : PERCENTILES) {
      row.append(line(" %,9.1f", run.millis(series, percentile)));
    }
    return row.toString();
  }

  private static String failure(String kind, FailureCount failure) {
    return line("%s %,d x %s: %s", kind, failure.count(), failure.name(), failure.example());
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
