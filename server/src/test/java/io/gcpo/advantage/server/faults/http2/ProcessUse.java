// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.http2;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a process uses, as Linux says it. */
final class ProcessUse {
  private static final Pattern RESIDENT =
      Pattern.compile("^VmRSS:\\s+(\\d+) kB$", Pattern.MULTILINE);

  private ProcessUse() {}

  static long residentBytes(Process process) {
    Path status = Path.of("/proc", Long.toString(process.pid()), "status");
    try {
      Matcher line = RESIDENT.matcher(Files.readString(status, US_ASCII));
      if (!line.find()) {
        throw new AssertionError("%s: no VmRSS (expected: a process that runs)".formatted(status));
      }
      return Long.parseLong(line.group(1)) * 1_024;
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  static double cpuSeconds(Process process) {
    return process.info().totalCpuDuration().orElseThrow().toNanos() / 1e9;
  }
}
