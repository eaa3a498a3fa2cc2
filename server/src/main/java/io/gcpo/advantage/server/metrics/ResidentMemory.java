// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.gcpo.advantage.server.metrics.catalog.JvmMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The memory that a container's limit is about: engines keep theirs outside the heap, where the
 * virtual machine's own figures end.
 */
final class ResidentMemory {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Pattern LINE = Pattern.compile("^VmRSS:\\s+(\\d+) kB$", Pattern.MULTILINE);
  private static final double BYTES_PER_KIB = 1024;

  private ResidentMemory() {}

  /** Nothing where the system does not say it as Linux does. */
  static void registerIn(MeterRegistry registry) {
    if (Files.isReadable(STATUS)) {
      Meters.gauge(registry, JvmMetrics.RESIDENT_MEMORY, () -> bytes(STATUS));
    }
  }

  /** NaN where the file does not say. */
  static double bytes(Path status) {
    try {
      Matcher line = LINE.matcher(Files.readString(status, US_ASCII));
      return line.find() ? Long.parseLong(line.group(1)) * BYTES_PER_KIB : Double.NaN;
    } catch (IOException unreadable) {
      return Double.NaN;
    }
  }
}
