// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli.bench;

import java.util.List;
import java.util.Optional;

/** The last run of a sweep before the server falls behind. */
final class Knee {
  private Knee() {}

  /** By rate; empty where not even the slowest run was kept up with. */
  static Optional<Result> of(List<Result> runs) {
    Result last = null;
    for (Result run : Result.byRate(runs)) {
      if (!run.keptUp()) {
        break;
      }
      last = run;
    }
    return Optional.ofNullable(last);
  }
}
