// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.auth;

/** A call whose caller is not known; the message says what was expected and quotes nothing. */
public final class UnauthenticatedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  UnauthenticatedException(Reason reason) {
    super(reason.message, null, false, false);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }

  /** What was wrong, as callers and metrics see it. */
  public enum Reason {
    TOKEN_MISSING("no token (expected: authorization: Bearer TOKEN)"),
    TOKEN_MALFORMED(
        "authorization cannot be used (expected: once, Bearer TOKEN of up to 512 characters)"),
    TOKEN_INVALID("the token is not known (expected: one that the server was given)");

    private final String message;

    Reason(String message) {
      this.message = message;
    }
  }
}
