// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.bootstrap;

/** The server could not start; whatever had started was stopped again. */
public final class StartupException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StartupException(String component, Throwable cause) {
    super("start of %s: %s".formatted(component, describe(cause)), cause);
  }

  private static String describe(Throwable cause) {
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }
}
