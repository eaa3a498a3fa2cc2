// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.soak;

import io.gcpo.advantage.server.faults.report.Scale;
import java.time.Duration;
import java.util.Map;

/** What is watched of a server, by the names of its metrics, and how fast it may grow. */
enum Figure {
  // 14 MiB an hour are 100 MiB in seven hours, which Triton's own test of memory growth allows.
  RESIDENT_MEMORY("process_resident_memory_bytes", 14 * Figure.MIB, 64 * Figure.MIB),
  /** Right after a full collection; what the metric has includes garbage. */
  LIVE_HEAP("", 2 * Figure.MIB, 3 * Figure.MIB),
  DIRECT_BUFFERS("jvm_buffer_memory_used_bytes{id=\"direct\"", 2 * Figure.MIB, 16 * Figure.MIB),
  THREADS("jvm_threads_live_threads", 1, 8),
  FILES("process_files_open_files", 2, 16),
  CONNECTIONS("gcpo_open_connections", 4, 8),
  OPEN_CALLS("gcpo_open_calls{", 4, 8),
  ADMITTED_BYTES("gcpo_admitted_bytes", Figure.MIB, 4 * Figure.MIB),
  WAITING_CALLS("gcpo_waiting_calls", 4, 8),
  QUEUED_TOKENS("gcpo_queue_tokens{", 1_000, 20_000);

  private static final double MIB = 1 << 20;

  private final String metric;
  private final double perHour;
  private final double inBriefRun;

  Figure(String metric, double perHour, double inBriefRun) {
    this.metric = metric;
    this.perHour = perHour;
    this.inBriefRun = inBriefRun;
  }

  /** The sum of the samples whose name and tags begin so. */
  double read(Map<String, Double> scrape) {
    return scrape.entrySet().stream()
        .filter(sample -> sample.getKey().startsWith(metric))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  /**
   * The growth that is let pass over {@code span}. A brief run is over before a virtual machine has
   * compiled what it runs: only what no compiler explains counts there.
   */
  double allowed(Duration span) {
    return Scale.isFull() ? perHour * span.toMillis() / 3_600_000.0 : inBriefRun;
  }
}
