// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.server.testing.InstalledProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Finds and runs {@code prometheus} and {@code promtool}, which Maven cannot bring. */
final class MonitoringTool {
  private MonitoringTool() {}

  /** Where it is; without it the test fails where {@code CI=true} and is left out elsewhere. */
  static String path(String name) {
    return InstalledProgram.path(name, "prometheus");
  }

  /** Runs it to its end and expects it to succeed; {@code log} gets what it says. */
  static void run(Path log, Path input, List<String> command)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(command)
            .redirectInput(input.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("%s ends", command).isTrue();
    assertThat(process.exitValue()).as(() -> command + "\n" + read(log)).isZero();
  }

  private static String read(Path log) {
    try {
      return Files.readString(log, StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      return unreadable.toString();
    }
  }
}
