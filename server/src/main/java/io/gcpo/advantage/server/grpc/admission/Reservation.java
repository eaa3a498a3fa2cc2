// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc.admission;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import org.jspecify.annotations.Nullable;

/**
 * What a message is taken to weigh before it is there.
 *
 * @param bytes to reserve
 * @param declared by the caller, or null
 * @param maxMessageBytes the most it may weigh
 */
public record Reservation(long bytes, @Nullable Long declared, int maxMessageBytes) {
  /**
   * So much of a message comes whether it is asked for or not: HTTP/2 lets a client send it before
   * it has to wait.
   */
  private static final long SMALL = 64 * 1024L;

  /**
   * What the headers say, or the worst case of a message of {@code maxMessageBytes}. A stream may
   * be silent for a whole training step, and there may be thousands: they hold nothing meanwhile,
   * and what comes is weighed as it comes.
   */
  public static Reservation of(MethodType type, Metadata headers, int maxMessageBytes) {
    if (!type.clientSendsOneMessage()) {
      return new Reservation(0, null, maxMessageBytes);
    }
    Long declared = headers.get(AdmissionInterceptor.REQUEST_BYTES);
    return declared == null
        ? new Reservation(maxMessageBytes, null, maxMessageBytes)
        : new Reservation(Math.min(declared, maxMessageBytes), declared, maxMessageBytes);
  }

  /** Whether a message of this size is nearly as large as one may be. */
  boolean isLarge(long actual) {
    return actual > 0.8 * maxMessageBytes;
  }

  /** Whether the caller has said that it is so small that it need not wait for large ones. */
  boolean isSmall() {
    return declared != null && declared <= SMALL;
  }

  /** Throws {@link DeclaredSizeException} if the caller had declared less. */
  void check(long actual) {
    if (declared != null && actual > declared) {
      throw new DeclaredSizeException(declared, actual);
    }
  }
}
