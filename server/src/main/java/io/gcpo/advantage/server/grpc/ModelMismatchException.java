// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

/** The caller pinned another model than the one that serves. */
final class ModelMismatchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ModelMismatchException(String actual) {
    super("expected_model_fingerprint: another model's (expected: %s)".formatted(actual));
  }
}
