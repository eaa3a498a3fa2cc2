// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.management;

import io.gcpo.advantage.server.config.ConfigProblems;
import io.gcpo.advantage.server.config.ConfigReader;

/**
 * Where the management page is.
 *
 * @param host address or name to bind
 * @param port 0 for any that is free, -1 for no management page
 */
public record ManagementConfig(String host, int port) {
  private static final ManagementConfig DEFAULT = new ManagementConfig("127.0.0.1", 9464);

  public ManagementConfig {
    new ConfigProblems()
        .require(!host.isBlank(), "management.host: %s (expected: an address or a name)", host)
        .require(port >= -1 && port <= 65535, "management.port: %d (expected: -1 to 65535)", port)
        .throwIfAny();
  }

  /** Reads {@code management.*}. */
  public static ManagementConfig read(ConfigReader reader) {
    return new ManagementConfig(
        reader.string("management.host", DEFAULT.host),
        reader.integer("management.port", DEFAULT.port));
  }

  boolean isEnabled() {
    return port >= 0;
  }
}
