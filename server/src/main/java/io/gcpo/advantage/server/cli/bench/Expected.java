// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli.bench;

/** Refusals of what a caller asks for, as {@code name: value (expected: …)}. */
final class Expected {
  private Expected() {}

  static void that(boolean holds, String name, Object value, String expectation) {
    if (!holds) {
      throw new IllegalArgumentException(
          "%s: %s (expected: %s)".formatted(name, value, expectation));
    }
  }

  static void positive(String name, double value) {
    that(Double.isFinite(value) && value > 0, name, value, "> 0");
  }
}
