// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.soak;

import java.util.Random;

/** What a caller does, of a hundred callers. */
enum Scenario {
  NORMAL(60),
  CANCEL(10),
  DEADLINE(10),
  MALFORMED(10),
  SLOW(5),
  CRASH(5);

  private static final int ALL = 100;

  private final int weight;

  Scenario(int weight) {
    this.weight = weight;
  }

  static Scenario draw(Random random) {
    int rest = random.nextInt(ALL);
    for (Scenario scenario : values()) {
      rest -= scenario.weight;
      if (rest < 0) {
        return scenario;
      }
    }
    throw new IllegalStateException("weights: less than %d in all (expected: 100)".formatted(ALL));
  }
}
