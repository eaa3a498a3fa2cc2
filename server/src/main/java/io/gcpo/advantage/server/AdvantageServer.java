// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server;

import io.gcpo.advantage.server.bootstrap.Logging;
import io.gcpo.advantage.server.cli.GcpoAdvantageCommand;

/** The main class: the command-line tool {@code gcpo-advantage}. */
public final class AdvantageServer {
  private AdvantageServer() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    Logging.install();
    System.exit(GcpoAdvantageCommand.execute(args));
  }
}
