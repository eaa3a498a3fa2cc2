// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import java.time.Duration;

/** Ranges of options; a refusal names the option, its value and what was expected. */
final class Options {
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private Options() {}

  static void require(boolean holds, String name, Object value, String expected) {
    if (!holds) {
      throw new IllegalArgumentException("%s: %s (expected: %s)".formatted(name, value, expected));
    }
  }

  /** Refuses what cannot be counted in nanoseconds too; gRPC takes a century at most. */
  static Duration requirePositive(String name, Duration duration) {
    require(!duration.isNegative() && !duration.isZero(), name, duration, "a positive duration");
    require(
        duration.compareTo(LONGEST) <= 0,
        name,
        duration,
        "at most %d days".formatted(LONGEST.toDays()));
    return duration;
  }
}
