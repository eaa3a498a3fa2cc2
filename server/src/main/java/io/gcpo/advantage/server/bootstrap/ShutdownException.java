// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.bootstrap;

import java.util.List;

/** The server stopped, but not cleanly; what went wrong is in the suppressed exceptions. */
public final class ShutdownException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ShutdownException(List<Throwable> failures) {
    super("stop: %d components failed".formatted(failures.size()));
    failures.forEach(this::addSuppressed);
  }
}
