// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc.admission;

/** A call sent more than one of its method may. */
public final class OversizeException extends RuntimeException {
  private static final long serialVersionUID = 1;

  OversizeException(String method, long limit) {
    super("%s: too many bytes (expected: <= %d)".formatted(method, limit));
  }
}
