// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc.admission;

/** A message was larger than its call had declared. */
public final class DeclaredSizeException extends RuntimeException {
  private static final long serialVersionUID = 1;

  DeclaredSizeException(long declared, long actual) {
    super(
        "%s: %d (expected: at least the %d bytes of the message)"
            .formatted(AdmissionInterceptor.REQUEST_BYTES.name(), declared, actual));
  }
}
