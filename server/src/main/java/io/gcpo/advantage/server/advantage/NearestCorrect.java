// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.advantage;

import io.gcpo.advantage.server.advantage.RolloutAdvantage.Neighbour;
import io.gcpo.advantage.server.advantage.group.ScoredGroup;
import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import java.util.Optional;

/** Finds the most similar other correct rollout. */
final class NearestCorrect {
  private NearestCorrect() {}

  /** The first of the most similar ones; absent where no other rollout is correct. */
  static Optional<Neighbour> of(int rollout, ScoredGroup group, SymmetricMatrix similarity) {
    int nearest = -1;
    for (int other = 0; other < group.size(); other++) {
      if (other == rollout || !group.isCorrect(other)) {
        continue;
      }
      if (nearest < 0 || similarity.get(rollout, other) > similarity.get(rollout, nearest)) {
        nearest = other;
      }
    }
    if (nearest < 0) {
      return Optional.empty();
    }
    return Optional.of(new Neighbour(nearest, similarity.get(rollout, nearest)));
  }
}
