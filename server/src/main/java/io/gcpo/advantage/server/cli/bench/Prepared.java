// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli.bench;

import com.google.protobuf.Message;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Requests that were made before they are due, bounded in number and bytes. One thread's. */
final class Prepared {
  private static final int MAX_CALLS = 256;

  private final Workload workload;
  private final Iterator<Slot> slots;
  private final long endNanos;
  private final long maxBytes;
  private final Deque<Call> calls = new ArrayDeque<>();
  private long bytes;
  private boolean ended;

  /**
   * Of the slots before an instant.
   *
   * @param maxBytes of all that is kept here, but at least one request is
   */
  Prepared(Workload workload, Iterator<Slot> slots, long endNanos, long maxBytes) {
    this.workload = workload;
    this.slots = slots;
    this.endNanos = endNanos;
    this.maxBytes = maxBytes;
  }

  /** A slot and what to send then. */
  record Call(Slot slot, Message request, int bytes) {}

  /** Makes as many as there is room for. */
  void fill() {
    while (hasRoom()) {
      makeOne();
    }
  }

  boolean hasRoom() {
    return !ended && (calls.isEmpty() || (calls.size() < MAX_CALLS && bytes < maxBytes));
  }

  void makeOne() {
    Slot slot = slots.next();
    if (slot.atNanos() >= endNanos) {
      ended = true;
      return;
    }
    Message request =
        slot.kind() == Slot.Kind.SUBMIT ? workload.submit(slot) : workload.compute(slot);
    int size = request.getSerializedSize();
    calls.add(new Call(slot, request, size));
    bytes += size;
  }

  /** The one that is due next; null at the end. */
  @Nullable Call next() {
    if (calls.isEmpty() && !ended) {
      makeOne();
    }
    Call call = calls.poll();
    bytes -= call == null ? 0 : call.bytes();
    return call;
  }
}
