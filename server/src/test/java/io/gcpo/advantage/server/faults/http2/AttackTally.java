// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.http2;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** What an attack cost its attacker, and how the server ended its connections. Thread-safe. */
final class AttackTally {
  /**
   * What a connection costs the attacker himself beside the bytes he sends: the socket in his
   * kernel, and the packets that open it.
   */
  private static final long BYTES_OF_A_CONNECTION = 4_096;

  private final LongAdder bytes = new LongAdder();
  private final LongAdder connections = new LongAdder();
  private final LongAdder cpuNanos = new LongAdder();
  private final LongAdder closed = new LongAdder();
  private final Map<String, LongAdder> ends = new ConcurrentSkipListMap<>();

  void sent(long count) {
    bytes.add(count);
  }

  void connected() {
    connections.increment();
    bytes.add(BYTES_OF_A_CONNECTION);
  }

  /** The server told this end: a GOAWAY, a reset, a status. */
  void told(String end) {
    ends.computeIfAbsent(end, none -> new LongAdder()).increment();
  }

  /** The server closed a connection. */
  void closed() {
    closed.increment();
  }

  /** Adds the processor time of the calling thread, which is about to end. */
  void threadEnds() {
    cpuNanos.add(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
  }

  /** Adds processor time of other threads. */
  void spent(long nanos) {
    cpuNanos.add(nanos);
  }

  long bytes() {
    return bytes.sum();
  }

  long connections() {
    return connections.sum();
  }

  long closedConnections() {
    return closed.sum();
  }

  double cpuSeconds() {
    return cpuNanos.sum() / 1e9;
  }

  long told(String first, String... others) {
    long count = count(first);
    for (String other : others) {
      count += count(other);
    }
    return count;
  }

  Map<String, LongAdder> ends() {
    return ends;
  }

  private long count(String end) {
    LongAdder count = ends.get(end);
    return count == null ? 0 : count.sum();
  }
}
