// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

/** The server stops; another one may take the call. */
final class StoppingException extends RuntimeException {
  private static final long serialVersionUID = 1;

  StoppingException() {
    super("the server stops");
  }
}
