// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.management.page;

import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;

/** Numbers as people read them. */
final class Numbers {
  /** Where there is no number. */
  static final String NONE = "–";

  private static final String[] BYTE_UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

  private Numbers() {}

  /** A whole number, such as 1,234,567. */
  static String count(double count) {
    return String.format(Locale.ROOT, "%,.0f", count);
  }

  /** Three digits at least, such as 0.25, 12.3 or 1,234. */
  static String rate(double rate) {
    String format = rate < 10 ? "%.2f" : rate < 100 ? "%.1f" : "%,.0f";
    return String.format(Locale.ROOT, format, rate);
  }

  /** Three digits after the point. */
  static String real(double value) {
    return Double.isFinite(value) ? String.format(Locale.ROOT, "%.3f", value) : NONE;
  }

  static String real(OptionalDouble value) {
    return value.isPresent() ? real(value.getAsDouble()) : NONE;
  }

  /** Seconds as milliseconds. */
  static String millis(OptionalDouble seconds) {
    return seconds.isPresent() ? rate(1e3 * seconds.getAsDouble()) : NONE;
  }

  /** A part of a whole, such as 12.5 %; none of nothing. */
  static String share(double part, double whole) {
    return whole > 0 ? String.format(Locale.ROOT, "%.1f %%", 100 * part / whole) : NONE;
  }

  /** Such as 64.0 MiB. */
  static String bytes(double bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 1024 && unit < BYTE_UNITS.length - 1) {
      value /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", value, BYTE_UNITS[unit]);
  }

  /** The two largest units, such as 2 d 3 h or 41 s. */
  static String duration(Duration duration) {
    if (duration.toDays() > 0) {
      return duration.toDays() + " d " + duration.toHoursPart() + " h";
    }
    if (duration.toHours() > 0) {
      return duration.toHours() + " h " + duration.toMinutesPart() + " min";
    }
    if (duration.toMinutes() > 0) {
      return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
    }
    return Math.max(0, duration.toSeconds()) + " s";
  }
}
