// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.estimator;

/**
 * A group's numbers are valid each, but their result cannot be represented; says what to change.
 */
public final class OutOfRangeException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** With a message of the form {@code name: value (expected: …)}. */
  public OutOfRangeException(String message) {
    super(message);
  }
}
