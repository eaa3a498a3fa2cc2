// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where values lie on a line of a plot, evenly or by their logarithm.
 *
 * @param from the least value, positive if logarithmic
 * @param to the greatest value, more than {@code from}
 * @param start pixel of {@code from}
 * @param end pixel of {@code to}
 */
record Axis(boolean logarithmic, double from, double to, double start, double end) {
  private static final int TICKS = 5;

  /** From 0 to the next round number. */
  static Axis linear(double most, double start, double end) {
    double step = roundStep(Math.max(most, 1e-9) / TICKS);
    return new Axis(false, 0, Math.ceil(Math.max(most, 1e-9) / step) * step, start, end);
  }

  /** From a power of ten to one. */
  static Axis logarithmic(double least, double most, double start, double end) {
    double from = Math.pow(10, Math.floor(Math.log10(Math.max(least, 1e-3))));
    double to = Math.pow(10, Math.ceil(Math.log10(Math.max(most, from * 1.001))));
    return new Axis(true, from, to, start, end);
  }

  double position(double value) {
    double share =
        logarithmic
            ? Math.log(Math.max(value, from) / from) / Math.log(to / from)
            : (value - from) / (to - from);
    return start + share * (end - start);
  }

  /** Round values from one end to the other. */
  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    if (logarithmic) {
      for (double decade = from; decade <= to * 1.001; decade *= 10) {
        ticks.add(decade);
      }
    } else {
      double step = roundStep(to / TICKS);
      for (int i = 0; i * step <= to * 1.001; i++) {
        ticks.add(i * step);
      }
    }
    return ticks;
  }

  /** As people write the value of a tick. */
  static String label(double value) {
    if (value >= 1_000 || value == Math.rint(value)) {
      return String.format(Locale.ROOT, "%,.0f", value);
    }
    return String.format(Locale.ROOT, "%.3g", value).replaceAll("0+$", "");
  }

  /** 1, 2 or 5 times a power of ten, at least {@code step}. */
  private static double roundStep(double step) {
    double power = Math.pow(10, Math.floor(Math.log10(step)));
    for (int factor : new int[] {1, 2, 5}) {
      if (factor * power >= step * 0.999) {
        return factor * power;
      }
    }
    return 10 * power;
  }
}
