// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc.admission;

import com.google.common.base.Ticker;

/**
 * The bytes that messages are let into. Those declared as small have their own, so that they do not
 * stand in line behind large ones that may never come. Thread-safe.
 *
 * @param any for messages of every size
 * @param small for those declared as small
 */
public record AdmissionBudgets(ByteBudget any, ByteBudget small) {
  /** Small messages have one byte for this many of the others. */
  private static final int SHARE_OF_SMALL = 4;

  /** {@code bytes} for messages of every size, and a quarter of that beside them for small ones. */
  public static AdmissionBudgets of(long bytes, int maxWaiting, Ticker ticker) {
    return new AdmissionBudgets(
        new ByteBudget(bytes, maxWaiting, ticker),
        new ByteBudget(bytes / SHARE_OF_SMALL, maxWaiting, ticker));
  }

  /** Bytes given out, of both. */
  public long held() {
    return any.held() + small.held();
  }

  /** Bytes there are, in both. */
  public long capacity() {
    return any.capacity() + small.capacity();
  }

  /** Calls that wait, for either. */
  public int waitingCalls() {
    return any.waitingShares() + small.waitingShares();
  }

  ByteBudget of(Reservation reservation) {
    return reservation.isSmall() ? small : any;
  }
}
