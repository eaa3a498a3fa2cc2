// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

import org.jspecify.annotations.Nullable;

/** The device has no memory for a batch; a smaller one may fit. */
public final class DeviceMemoryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** {@code message} is for our log, not for the caller. */
  public DeviceMemoryException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
