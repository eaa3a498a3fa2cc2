// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.reload;

import java.util.Locale;

/** What files of this server can be replaced while it runs. */
public enum Credential {
  /** The server's certificates and their key. */
  IDENTITY,
  /** Whose certificates clients may show. */
  CLIENT_CA,
  /** Whose calls are taken. */
  TOKENS;

  /** As logs and metrics call it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
