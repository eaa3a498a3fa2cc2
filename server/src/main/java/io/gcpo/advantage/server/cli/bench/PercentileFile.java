// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli.bench;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Response times in the text format of HdrHistogram's own tools, in milliseconds. */
public final class PercentileFile {
  private static final int STEPS_PER_HALF = 5;
  private static final double MICROS_PER_MILLI = 1e3;

  private PercentileFile() {}

  /** The distribution of a run's response times. */
  public static String of(Result run) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(bytes, false, StandardCharsets.UTF_8)) {
      run.histogram(Series.RESPONSE)
          .outputPercentileDistribution(out, STEPS_PER_HALF, MICROS_PER_MILLI);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
