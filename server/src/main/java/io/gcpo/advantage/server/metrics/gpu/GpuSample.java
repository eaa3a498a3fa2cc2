// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics.gpu;

import com.google.common.base.Splitter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * One GPU at one moment; values that its driver does not report are absent.
 *
 * @param gpu its number
 * @param name the product's
 * @param driver its version
 * @param utilization share of the time in which a kernel ran, in [0, 1]
 */
public record GpuSample(
    String gpu,
    String name,
    String driver,
    OptionalDouble memoryUsedBytes,
    OptionalDouble memoryTotalBytes,
    OptionalDouble utilization,
    OptionalDouble watts,
    OptionalDouble celsius) {
  /** What {@link #parse} expects in a line, as {@code nvidia-smi --query-gpu} names it. */
  static final String QUERY =
      "index,name,driver_version,memory.used,memory.total,utilization.gpu,power.draw,"
          + "temperature.gpu";

  private static final int FIELDS = 8;
  private static final double MIB = 1 << 20;
  private static final Splitter COMMAS = Splitter.on(',').trimResults();

  /** Of a line without units; empty where it is none, such as a message of the driver. */
  static Optional<GpuSample> parse(String line) {
    List<String> fields = COMMAS.splitToList(line);
    if (fields.size() != FIELDS || !fields.get(0).matches("\\d{1,3}")) {
      return Optional.empty();
    }
    return Optional.of(
        new GpuSample(
            fields.get(0),
            fields.get(1),
            fields.get(2),
            number(fields.get(3), MIB),
            number(fields.get(4), MIB),
            number(fields.get(5), 0.01),
            number(fields.get(6), 1),
            number(fields.get(7), 1)));
  }

  /** Absent for {@code [N/A]} and other words. */
  private static OptionalDouble number(String field, double unit) {
    return field.matches("\\d+(\\.\\d+)?")
        ? OptionalDouble.of(Double.parseDouble(field) * unit)
        : OptionalDouble.empty();
  }
}
