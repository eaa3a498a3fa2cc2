// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.config;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How the text of a setting becomes a value and back.
 *
 * @param expected what a text must look like
 * @param parse throws IllegalArgumentException or ArithmeticException if the text does not
 * @param print the inverse, to show defaults
 */
record ValueType<T>(String expected, Function<String, T> parse, Function<T, String> print) {
  static final ValueType<String> STRING =
      new ValueType<>("text", Function.identity(), Function.identity());
  static final ValueType<Integer> INTEGER =
      new ValueType<>("a whole number of 32 bits", Integer::valueOf, String::valueOf);
  static final ValueType<Long> WHOLE =
      new ValueType<>("a whole number of 64 bits", Long::valueOf, String::valueOf);
  static final ValueType<Double> REAL =
      new ValueType<>("a finite number", ValueType::parseReal, String::valueOf);
  static final ValueType<Boolean> FLAG =
      new ValueType<>("true or false", ValueType::parseFlag, String::valueOf);
  static final ValueType<Duration> DURATION =
      new ValueType<>(
          "a whole number and a unit of ms, s, m or h, for example 500ms",
          ValueType::parseDuration,
          ValueType::printDuration);
  static final ValueType<Path> PATH =
      new ValueType<>("a path", ValueType::parsePath, Path::toString);

  private static final Pattern DURATION_FORM = Pattern.compile("([0-9]+)(ms|s|m|h)");

  /** The constants of {@code type} in lower case, with {@code -} as good as {@code _}. */
  static <E extends Enum<E>> ValueType<E> choice(Class<E> type) {
    String names =
        Arrays.stream(type.getEnumConstants())
            .map(ValueType::printChoice)
            .collect(Collectors.joining(", "));
    return new ValueType<>(
        "one of " + names,
        text -> Enum.valueOf(type, text.toUpperCase(Locale.ROOT).replace('-', '_')),
        ValueType::printChoice);
  }

  private static String printChoice(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** BigDecimal's grammar: no NaN, no hexadecimal, no type suffix. */
  private static double parseReal(String text) {
    double value = new BigDecimal(text).doubleValue();
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException(text);
    }
    return value;
  }

  private static boolean parseFlag(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static Path parsePath(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException(text);
    }
    return Path.of(text);
  }

  private static Duration parseDuration(String text) {
    Matcher matcher = DURATION_FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(text);
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      default -> Duration.ofHours(amount);
    };
  }

  private static String printDuration(Duration value) {
    return value.toMillisPart() == 0 ? value.toSeconds() + "s" : value.toMillis() + "ms";
  }
}
