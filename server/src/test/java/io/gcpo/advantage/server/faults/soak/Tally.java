// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.soak;

import io.gcpo.advantage.server.faults.load.Question;
import io.gcpo.advantage.server.faults.report.FaultReport;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** How calls ended, by their scenario; what a scenario does not allow is lost. Thread-safe. */
final class Tally {
  private final FaultReport report;
  private final Map<String, LongAdder> ends = new ConcurrentSkipListMap<>();

  Tally(FaultReport report) {
    this.report = report;
  }

  /** An answer came; it has to be the right one. */
  void answered(Scenario scenario, Question question, ComputeAdvantagesResponse answer) {
    if (question.isAnsweredBy(answer)) {
      report.answered();
      count(scenario, "OK");
    } else {
      report.wrong();
      count(scenario, "WRONG");
    }
  }

  /** A status came; it has to be one of those that the scenario brings upon itself. */
  void ended(Scenario scenario, StatusRuntimeException end, Set<Status.Code> allowed) {
    if (allowed.contains(end.getStatus().getCode())) {
      report.refused();
      count(scenario, end.getStatus().getCode().name());
    } else {
      report.lost();
      count(scenario, "LOST " + end.getStatus().getCode());
    }
  }

  /** The scenario left before an answer. */
  void left(Scenario scenario) {
    report.refused();
    count(scenario, "left");
  }

  /** The test itself failed. */
  void broken(Scenario scenario, Exception failure) {
    report.lost();
    count(scenario, "LOST " + failure.getClass().getSimpleName());
  }

  /** How often each end came. */
  Map<String, Long> ends() {
    Map<String, Long> counts = new TreeMap<>();
    ends.forEach((end, count) -> counts.put(end, count.sum()));
    return counts;
  }

  private void count(Scenario scenario, String end) {
    ends.computeIfAbsent(scenario + " " + end, first -> new LongAdder()).increment();
  }
}
