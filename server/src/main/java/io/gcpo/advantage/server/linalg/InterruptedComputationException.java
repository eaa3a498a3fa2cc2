// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.linalg;

/** A computation ended without a result, as nobody waits for it any longer. */
public final class InterruptedComputationException extends RuntimeException {
  private static final long serialVersionUID = 1;

  InterruptedComputationException() {
    super("interrupted");
  }
}
