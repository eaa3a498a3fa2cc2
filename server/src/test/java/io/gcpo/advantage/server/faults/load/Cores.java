// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.load;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * Which core a process gets, so that who makes load and who bears it do not take each other's time:
 * the server the first, or that of {@code -Dgcpo.faults.core}, and the load another. Without {@code
 * taskset}, or with one core, processes share what there is.
 */
public final class Cores {
  private static final int SERVER = Integer.getInteger("gcpo.faults.core", 0);
  private static final int LOAD = SERVER == 0 ? 1 : 0;

  /** Asked once: a process that has left a core no longer counts it. */
  private static final boolean APART =
      Runtime.getRuntime().availableProcessors() > 1
          && Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
              .anyMatch(folder -> Files.isExecutable(Path.of(folder, "taskset")));

  private Cores() {}

  /** What goes before the command of a server: it gets one core. */
  public static List<String> ofServer() {
    return APART ? List.of("taskset", "-c", Integer.toString(SERVER)) : List.of();
  }

  /** This process, which makes the load, leaves the server's core from here on. */
  public static void leaveToServer() throws IOException, InterruptedException {
    if (APART) {
      String self = Long.toString(ProcessHandle.current().pid());
      int status =
          new ProcessBuilder("taskset", "-a", "-p", "-c", Integer.toString(LOAD), self)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor();
      if (status != 0) {
        throw new IllegalStateException("taskset: exit code %d (expected: 0)".formatted(status));
      }
    }
  }

  /** For the report. */
  public static String describe() {
    return APART
        ? "core %d for the server, core %d for the load".formatted(SERVER, LOAD)
        : "shared by server and load";
  }
}
