// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.reload;

import java.io.IOException;

/** A file cannot be used; the message names it and the reason, and quotes nothing from it. */
public final class RefusedException extends IOException {
  private static final long serialVersionUID = 1L;

  public RefusedException(String message) {
    super(message);
  }
}
