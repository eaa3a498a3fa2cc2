// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

/** The caller wants a model that this server does not have. */
final class UnknownModelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** {@code expected} is what there is. */
  UnknownModelException(String expected) {
    super("model: not here (expected: " + expected + ")");
  }
}
