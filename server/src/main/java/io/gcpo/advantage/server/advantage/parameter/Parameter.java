// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage.parameter;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One knob of an estimator as the estimator declares it: name, default, range and meaning. What the
 * wire accepts, what GetServerInfo lists and what the documentation says all follow from it.
 *
 * @param <T> the type of its value
 */
public sealed interface Parameter<T> {

  /** The name of the field of {@code AdvantageConfig}. */
  String name();

  /** One sentence: what it does. */
  String summary();

  /** The value of a parameter that is left out. */
  T defaultValue();

  /** The values taken, in words, for example {@code in (0, 1000000]}. */
  String range();

  /** Whether {@code value} is in the range. */
  boolean accepts(T value);

  /**
   * A number.
   *
   * @param min the lower bound
   * @param minExclusive whether the lower bound itself is out of range
   * @param max the upper bound, in range
   */
  record Real(
      String name,
      String summary,
      Double defaultValue,
      double min,
      boolean minExclusive,
      double max)
      implements Parameter<Double> {
    @Override
    public String range() {
      return String.format(
          Locale.ROOT, "in %s%s, %s]", minExclusive ? "(" : "[", plain(min), plain(max));
    }

    @Override
    public boolean accepts(Double value) {
      return (minExclusive ? value > min : value >= min) && value <= max;
    }

    private static String plain(double bound) {
      return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
    }
  }

  /** A whole number in [min, max]. */
  record Whole(String name, String summary, Integer defaultValue, int min, int max)
      implements Parameter<Integer> {
    @Override
    public String range() {
      return "in [" + min + ", " + max + "]";
    }

    @Override
    public boolean accepts(Integer value) {
      return value >= min && value <= max;
    }
  }

  /** One of several named values, {@code options}. */
  record Choice<E extends Enum<E>>(
      String name, String summary, E defaultValue, Class<E> type, List<E> options)
      implements Parameter<E> {
    public Choice {
      options = List.copyOf(options);
    }

    @Override
    public String range() {
      return "one of "
          + String.join(
              ", ", options.stream().map(o -> o.name().toLowerCase(Locale.ROOT)).toList());
    }

    @Override
    public boolean accepts(E value) {
      return options.contains(value);
    }
  }

  /** A number for each of any names, each in [min, max]; empty by default. */
  record Weights(String name, String summary, double min, double max)
      implements Parameter<Map<String, Double>> {
    @Override
    public Map<String, Double> defaultValue() {
      return Map.of();
    }

    @Override
    public String range() {
      return "each in [" + Real.plain(min) + ", " + Real.plain(max) + "]";
    }

    @Override
    public boolean accepts(Map<String, Double> value) {
      return value.values().stream().allMatch(weight -> weight >= min && weight <= max);
    }
  }
}
