// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc.admission;

import java.time.Duration;

/** A caller that was free to send its message did not, or too slowly. */
public final class BodyTimeoutException extends RuntimeException {
  private static final long serialVersionUID = 1;

  BodyTimeoutException(Duration timeout) {
    super("the message was not here after %s".formatted(timeout));
  }
}
