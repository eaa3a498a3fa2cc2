// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** {@code 500ms}, {@code 30s}, {@code 2m}; a number alone is seconds. */
final class DurationConverter implements ITypeConverter<Duration> {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,9})(ms|s|m|)");

  /** Sums of some of them still fit into nanoseconds. */
  private static final Duration MOST = Duration.ofDays(7);

  DurationConverter() {}

  @Override
  public Duration convert(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new TypeConversionException(text + " (expected: a duration such as 500ms, 30s or 2m)");
    }
    long amount = Long.parseLong(matcher.group(1));
    Duration duration =
        switch (matcher.group(2)) {
          case "ms" -> Duration.ofMillis(amount);
          case "m" -> Duration.ofMinutes(amount);
          default -> Duration.ofSeconds(amount);
        };
    if (duration.compareTo(MOST) > 0) {
      throw new TypeConversionException(text + " (expected: at most 7 days)");
    }
    return duration;
  }
}
