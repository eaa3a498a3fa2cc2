// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.http2;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** The threads of gRPC's transport that began after this object was made: an attacker's. */
final class TransportThreads {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final String NAME = "grpc-default-worker";

  private final Set<Long> earlier = ids().boxed().collect(Collectors.toSet());

  /** Their processor time so far. */
  long cpuNanos() {
    return ids()
        .filter(id -> !earlier.contains(id))
        .map(THREADS::getThreadCpuTime)
        .filter(nanos -> nanos > 0)
        .sum();
  }

  private static LongStream ids() {
    return Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
        .filter(Objects::nonNull)
        .filter(thread -> thread.getThreadName().startsWith(NAME))
        .mapToLong(ThreadInfo::getThreadId);
  }
}
