// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Finds and runs {@code prometheus} and {@code promtool}, which Maven cannot bring. */
final class MonitoringTool {
  private MonitoringTool() {}

  /** Where it is; without it the test fails where {@code CI=true} and is left out elsewhere. */
  static String path(String name) {
    Optional<Path> found =
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
            .map(folder -> Path.of(folder, name))
            .filter(Files::isExecutable)
            .findFirst();
    if (found.isPresent()) {
      return found.get().toString();
    }
    String why = name + ": not found (expected: on the PATH, from Debian's package prometheus)";
    if ("true".equals(System.getenv("CI"))) {
      return fail(why);
    }
    return Assumptions.abort(why);
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
