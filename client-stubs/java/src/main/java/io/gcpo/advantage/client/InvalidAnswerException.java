// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

/**
 * An answer that breaks the contract: nothing of it may be used. The call itself succeeded, so a
 * repetition on the same server is unlikely to help; the server, or something between, is broken.
 */
public final class InvalidAnswerException extends RuntimeException {
  private final String path;

  InvalidAnswerException(String path, Object value, String expected) {
    super("%s: %s (expected: %s)".formatted(path, value, expected));
    this.path = path;
  }

  /** Where in the answer, for example {@code results[3].advantages.rollouts[1].advantage}. */
  public String path() {
    return path;
  }
}
