// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli;

import java.nio.file.Path;

/** Where the distribution lies: the start script says so. */
final class Home {
  private Home() {}

  static Path directory() {
    String home = System.getProperty("gcpo.home");
    if (home == null) {
      throw new InputException("gcpo.home: not set (expected: start with bin/gcpo-advantage)");
    }
    return Path.of(home);
  }
}
