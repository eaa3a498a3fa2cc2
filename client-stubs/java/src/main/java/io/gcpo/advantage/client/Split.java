// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/** Cuts a long list into requests that keep to the server's limits. */
final class Split {
  /** A tag and a length of up to four bytes beside each item. */
  private static final int ITEM_OVERHEAD = 6;

  private Split() {}

  /** Positions from {@code first}, below {@code end}. */
  record Range(int first, int end) {
    int size() {
      return end - first;
    }
  }

  /**
   * Ranges of n items, in order and without gaps, each within both limits; none of them is empty.
   *
   * @param name what the caller calls the item at a position
   * @param size bytes of the item at a position
   * @param maxItems of one request; 0 for no limit
   * @param maxBytes of one request; 0 for no limit
   * @param headerBytes of a request without its items
   * @throws io.grpc.StatusRuntimeException RESOURCE_EXHAUSTED, for an item that fits in no request
   */
  static List<Range> ranges(
      IntFunction<String> name,
      int n,
      IntUnaryOperator size,
      int maxItems,
      int maxBytes,
      int headerBytes) {
    List<Range> ranges = new ArrayList<>();
    int first = 0;
    long total = headerBytes;
    for (int i = 0; i < n; i++) {
      long cost = (long) size.applyAsInt(i) + ITEM_OVERHEAD;
      if (maxBytes > 0 && headerBytes + cost > maxBytes) {
        throw tooLarge(
            "%s: %d bytes (expected: one message of at most %d bytes)"
                .formatted(name.apply(i), size.applyAsInt(i), maxBytes));
      }
      boolean full = maxItems > 0 && i - first >= maxItems;
      if (full || (maxBytes > 0 && total + cost > maxBytes)) {
        ranges.add(new Range(first, i));
        first = i;
        total = headerBytes;
      }
      total += cost;
    }
    if (first < n) {
      ranges.add(new Range(first, n));
    }
    return ranges;
  }

  static RuntimeException tooLarge(String problem) {
    return Status.RESOURCE_EXHAUSTED.withDescription(problem).asRuntimeException();
  }
}
