// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.management.page;

import io.gcpo.advantage.server.management.live.Moment;
import io.gcpo.advantage.server.metrics.MeterReading;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/** What went wrong, by code and reason. */
final class ErrorSection {
  private final Moment moment;
  private final Table table =
      new Table("Errors", "what", "code", "reason", "last minute", "since the start");

  private ErrorSection(Moment moment) {
    this.moment = moment;
  }

  static Html errors(Moment moment) {
    return new ErrorSection(moment).html();
  }

  private Html html() {
    moment.meters().calls().keySet().stream()
        .filter(outcome -> !outcome.isOk())
        .forEach(
            outcome ->
                row(
                    "call",
                    outcome.code(),
                    outcome.reason(),
                    meters -> meters.calls().getOrDefault(outcome, 0.0)));
    byReason("group", MeterReading::rejections);
    byReason("batch", MeterReading::lostBatches);
    return Section.of(
        "errors", "Errors", table.isEmpty() ? Section.note("None since the start.") : table.html());
  }

  private void byReason(String what, Function<MeterReading, Map<String, Double>> counts) {
    for (String reason : counts.apply(moment.meters()).keySet()) {
      row(what, "", reason, meters -> counts.apply(meters).getOrDefault(reason, 0.0));
    }
  }

  private void row(
      String what, String code, String reason, ToDoubleFunction<MeterReading> counted) {
    double total = counted.applyAsDouble(moment.meters());
    if (total > 0) {
      table.row(
          what,
          code.isEmpty() ? Numbers.NONE : code,
          reason.isEmpty() ? Numbers.NONE : reason,
          Numbers.count(moment.lately().growth(counted)),
          Numbers.count(total));
    }
  }
}
