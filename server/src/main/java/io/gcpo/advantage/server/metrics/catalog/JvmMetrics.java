// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics.catalog;

import com.google.common.collect.ImmutableList;

/** Of the process: Micrometer's own, with Micrometer's words, and one of ours. */
public final class JvmMetrics {
  private static final MetricLabel AREA = MetricLabel.of("area", "heap", "nonheap");
  private static final MetricLabel POOL =
      MetricLabel.open("id", "a memory pool, as the garbage collector names it");
  private static final MetricLabel BUFFERS =
      MetricLabel.of("id", "direct", "mapped", "mapped - 'non-volatile memory'");
  private static final MetricLabel STATE =
      MetricLabel.of(
          "state", "new", "runnable", "blocked", "waiting", "timed-waiting", "terminated");
  private static final MetricLabel ACTION =
      MetricLabel.open("action", "what was collected, as the garbage collector says it");
  private static final MetricLabel CAUSE =
      MetricLabel.open("cause", "why, as the garbage collector says it");
  private static final MetricLabel COLLECTOR = MetricLabel.open("gc", "the garbage collector");

  public static final Metric RESIDENT_MEMORY =
      Metric.gauge(
              "process_resident_memory_bytes",
              "bytes",
              "Memory of the process in use, what lies outside the Java heap included")
          .when("on Linux");

  static final ImmutableList<Metric> ALL =
      ImmutableList.of(
          RESIDENT_MEMORY,
          Metric.of(
                  MetricKind.SUMMARY_AND_MAX,
                  "jvm_gc_pause_seconds",
                  "seconds",
                  "Time spent in GC pause",
                  ACTION,
                  CAUSE,
                  COLLECTOR)
              .when("after the first pause"),
          Metric.of(
                  MetricKind.SUMMARY_AND_MAX,
                  "jvm_gc_concurrent_phase_time_seconds",
                  "seconds",
                  "Time spent in concurrent phase",
                  ACTION,
                  CAUSE,
                  COLLECTOR)
              .when("after the first concurrent phase"),
          Metric.gauge(
              "jvm_buffer_count_buffers",
              "buffers",
              "An estimate of the number of buffers in the pool",
              BUFFERS),
          Metric.gauge(
              "jvm_buffer_memory_used_bytes",
              "bytes",
              "An estimate of the memory that the Java virtual machine is using for this"
                  + " buffer pool",
              BUFFERS),
          Metric.gauge(
              "jvm_buffer_total_capacity_bytes",
              "bytes",
              "An estimate of the total capacity of the buffers in this pool",
              BUFFERS),
          Metric.gauge(
              "jvm_gc_live_data_size_bytes",
              "bytes",
              "Size of long-lived heap memory pool after reclamation"),
          Metric.gauge(
              "jvm_gc_max_data_size_bytes", "bytes", "Max size of long-lived heap memory pool"),
          Metric.counter(
              "jvm_gc_memory_allocated_bytes_total",
              "bytes",
              "Incremented for an increase in the size of the (young) heap memory pool"
                  + " after one GC to before the next"),
          Metric.counter(
              "jvm_gc_memory_promoted_bytes_total",
              "bytes",
              "Count of positive increases in the size of the old generation memory pool"
                  + " before GC to after GC"),
          Metric.gauge(
              "jvm_memory_committed_bytes",
              "bytes",
              "The amount of memory in bytes that is committed for the Java virtual machine"
                  + " to use",
              AREA,
              POOL),
          Metric.gauge(
              "jvm_memory_max_bytes",
              "bytes",
              "The maximum amount of memory in bytes that can be used for memory management",
              AREA,
              POOL),
          Metric.gauge("jvm_memory_used_bytes", "bytes", "The amount of used memory", AREA, POOL),
          Metric.gauge(
              "jvm_threads_daemon_threads", "threads", "The current number of live daemon threads"),
          Metric.gauge(
              "jvm_threads_live_threads",
              "threads",
              "The current number of live threads including both daemon and non-daemon threads"),
          Metric.gauge(
              "jvm_threads_peak_threads",
              "threads",
              "The peak live thread count since the Java virtual machine started or peak"
                  + " was reset"),
          Metric.counter(
              "jvm_threads_started_threads_total",
              "threads",
              "The total number of application threads started in the JVM"),
          Metric.gauge(
              "jvm_threads_states_threads", "threads", "The current number of threads", STATE),
          Metric.gauge(
              "process_cpu_usage",
              "ratio",
              "The \"recent cpu usage\" for the Java Virtual Machine process"),
          Metric.gauge("process_files_max_files", "files", "The maximum file descriptor count"),
          Metric.gauge("process_files_open_files", "files", "The open file descriptor count"),
          Metric.gauge(
              "process_start_time_seconds",
              "seconds",
              "Start time of the process since unix epoch."),
          Metric.gauge(
              "process_uptime_seconds", "seconds", "The uptime of the Java virtual machine"),
          Metric.gauge(
              "system_cpu_usage",
              "ratio",
              "The \"recent cpu usage\" of the system the application is running in"),
          Metric.gauge(
              "system_load_average_1m",
              "tasks",
              "The sum of the number of runnable entities queued to available processors"
                  + " and the number of runnable entities running on the available processors"
                  + " averaged over a period of time"));

  private JvmMetrics() {}
}
