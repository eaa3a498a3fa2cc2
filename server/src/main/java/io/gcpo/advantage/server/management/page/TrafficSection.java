// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.management.page;

import com.google.common.collect.ImmutableList;
import io.gcpo.advantage.server.management.live.Moment;
import io.gcpo.advantage.server.metrics.DurationHistogram;
import io.gcpo.advantage.server.metrics.MeterReading;
import java.util.Comparator;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** How much the server does and where its time goes. */
final class TrafficSection {
  /** In the order in which a request meets them; others come behind. */
  private static final ImmutableList<String> STAGES =
      ImmutableList.of(
          "validate",
          "embed",
          "tokenize",
          "queue",
          "batch",
          "infer",
          "pool",
          "advantage",
          "serialize");

  private static final Comparator<String> STAGE_ORDER =
      Comparator.<String>comparingInt(
              stage -> STAGES.contains(stage) ? STAGES.indexOf(stage) : STAGES.size())
          .thenComparing(Comparator.naturalOrder());

  private TrafficSection() {}

  static Html throughput(Moment moment) {
    Table table =
        new Table(
            "Throughput",
            "what",
            "a second, last minute",
            "a second, since the start",
            "since the start");
    throughput(table, moment, "calls", meters -> sum(meters.calls()));
    throughput(table, moment, "groups", meters -> sum(meters.groups()));
    throughput(table, moment, "tokens embedded", meters -> tokens(meters, "real"));
    throughput(table, moment, "tokens of padding", meters -> tokens(meters, "padding"));
    throughput(table, moment, "tokens from the cache", meters -> tokens(meters, "cache_hit"));
    return Section.of(
        "throughput",
        "Throughput",
        table.html(),
        Section.note("Calls are all that ended, of whatever method, health checks included."));
  }

  static Html stages(Moment moment) {
    Table table =
        new Table(
            "Time spent in each stage, last 5 minutes",
            "stage",
            "times",
            "mean, ms",
            "median, ms",
            "99th percentile, ms");
    Map<String, DurationHistogram> stages = moment.minutes().stages();
    stages.keySet().stream()
        .sorted(STAGE_ORDER)
        .forEach(
            stage -> latency(table, stage, stages.getOrDefault(stage, DurationHistogram.NONE)));
    return Section.of(
        "stages",
        "Stages",
        table.html(),
        Section.note(
            "Of the last 5 minutes. Embed holds tokenize, queue, batch, infer and pool. Percentiles"
                + " are interpolated in buckets that grow by 1.6."));
  }

  private static void throughput(
      Table table, Moment moment, String what, ToDoubleFunction<MeterReading> counted) {
    table.row(
        what,
        Numbers.rate(moment.lately().rate(counted)),
        Numbers.rate(moment.sinceStart().rate(counted)),
        Numbers.count(counted.applyAsDouble(moment.meters())));
  }

  private static void latency(Table table, String stage, DurationHistogram durations) {
    table.row(
        stage,
        Numbers.count(durations.count()),
        Numbers.millis(durations.mean()),
        Numbers.millis(durations.quantile(0.5)),
        Numbers.millis(durations.quantile(0.99)));
  }

  private static double tokens(MeterReading meters, String kind) {
    return meters.tokens().getOrDefault(kind, 0.0);
  }

  private static double sum(Map<?, Double> counts) {
    return counts.values().stream().mapToDouble(count -> count).sum();
  }
}
