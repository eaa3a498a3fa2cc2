// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server;

import io.gcpo.advantage.server.bootstrap.Logging;
import io.gcpo.advantage.server.cli.GcpoAdvantageCommand;
import java.util.Arrays;
import org.slf4j.event.Level;

/** The main class: the command-line tool {@code gcpo-advantage}. */
public final class AdvantageServer {
  private AdvantageServer() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    // A server tells its story; the other commands only what goes wrong.
    boolean serves = Arrays.asList(args).contains("serve");
    Logging.install(serves ? Level.INFO : Level.WARN);
    System.exit(GcpoAdvantageCommand.execute(args));
  }
}
