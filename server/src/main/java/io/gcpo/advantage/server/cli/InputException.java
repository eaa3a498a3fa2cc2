// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli;

/** A file or an argument that the command cannot work with; the message is for the terminal. */
final class InputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  InputException(String message) {
    super(message);
  }

  InputException(String message, Throwable cause) {
    super(message, cause);
  }
}
