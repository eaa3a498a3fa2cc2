// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * One run, measured. Times in the histograms are microseconds.
 *
 * @param calls ComputeAdvantages
 * @param submissions SubmitRollouts
 * @param failedSteps of which a call has no answer
 * @param latencies of what was answered; a copy for each series
 * @param groupFailures groups that answers refused
 * @param seconds from the beginning of the window to its end or to the last answer, that of a
 *     submission too, if that was later
 * @param interrupted whether somebody ended it before its time
 */
public record Result(
    Schedule schedule,
    Window window,
    Calls calls,
    Calls submissions,
    long failedSteps,
    Work work,
    Map<Series, Histogram> latencies,
    List<TimeSlice> timeline,
    List<FailureCount> failures,
    List<FailureCount> groupFailures,
    double seconds,
    DriverUsage usage,
    boolean interrupted) {
  /** The share of the asked rate that must be achieved for a server to keep up. */
  private static final double KEPT_UP = 0.95;

  /** Later than this, and than this share of the response, the load was another than asked for. */
  private static final double MAX_LAG_MILLIS = 100;

  private static final double MAX_LAG_SHARE = 0.05;

  private static final double LAG_PERCENTILE = 99;

  /** Copies. */
  public Result {
    latencies = Map.copyOf(latencies);
    timeline = List.copyOf(timeline);
    failures = List.copyOf(failures);
    groupFailures = List.copyOf(groupFailures);
  }

  /** The runs of a sweep from the slowest to the fastest, however they were asked for. */
  static List<Result> byRate(List<Result> runs) {
    return runs.stream()
        .sorted(Comparator.comparingDouble(run -> run.schedule().callsPerSecond()))
        .toList();
  }

  /** A latency in milliseconds; 0 where nothing was measured. */
  public double millis(Series series, double percentile) {
    Histogram histogram = histogram(series);
    return histogram.getTotalCount() == 0 ? 0 : histogram.getValueAtPercentile(percentile) / 1e3;
  }

  /** How often a series was measured. */
  public long count(Series series) {
    return histogram(series).getTotalCount();
  }

  Histogram histogram(Series series) {
    Histogram histogram = latencies.get(series);
    if (histogram == null) {
      throw new IllegalStateException("no histogram of " + series);
    }
    return histogram;
  }

  /** Answered calls a second. */
  public double callsPerSecond() {
    return calls.answered() / seconds;
  }

  /** Whether what was asked for was answered as fast as it came. */
  public boolean keptUp() {
    return valid()
        && failures.isEmpty()
        && groupFailures.isEmpty()
        && callsPerSecond() >= KEPT_UP * calls.due() / (window.duration().toNanos() / 1e9);
  }

  /** Whether the driver made the load that was asked for. */
  public boolean valid() {
    return problems().isEmpty();
  }

  /** Whether an answer did not fit its question. */
  public boolean wrongAnswers() {
    return failures.stream().anyMatch(failure -> failure.name().equals(Failures.WRONG_ANSWER));
  }

  /** Why these figures are not those of the load that was asked for. */
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (interrupted) {
      problems.add("interrupted");
    }
    if (calls.due() == 0) {
      problems.add("no call was due in the window");
    }
    long notSent = calls.notSent() + submissions.notSent();
    if (notSent > 0) {
      problems.add("%d calls not sent, as the driver had no memory for them".formatted(notSent));
    }
    double lag = millis(Series.LAG, LAG_PERCENTILE);
    double maxLag =
        Math.max(MAX_LAG_MILLIS, MAX_LAG_SHARE * millis(Series.RESPONSE, LAG_PERCENTILE));
    if (lag > maxLag) {
      problems.add(
          "the driver lagged: p%.0f %.0f ms (expected: <= %.0f ms)"
              .formatted(LAG_PERCENTILE, lag, maxLag));
    }
    return problems;
  }
}
