// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.http2;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Objects;

/**
 * What gRPC's event loops in this process have cost since this object was made: the attacker's, and
 * the little of the honest client, who shares them.
 */
final class TransportThreads {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final String NAME = "-worker-ELG";

  private final long before = nanos();

  /** Processor time so far. */
  long cpuNanos() {
    return nanos() - before;
  }

  private static long nanos() {
    return Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
        .filter(Objects::nonNull)
        .filter(thread -> thread.getThreadName().contains(NAME))
        .mapToLong(ThreadInfo::getThreadId)
        .map(THREADS::getThreadCpuTime)
        .filter(nanos -> nanos > 0)
        .sum();
  }
}
