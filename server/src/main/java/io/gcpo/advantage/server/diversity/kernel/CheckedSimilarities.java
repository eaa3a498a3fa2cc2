// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.kernel;

import io.gcpo.advantage.server.linalg.SymmetricMatrix;
import java.util.List;

/** What came of one part of a {@link PrecomputedCheck}. */
public sealed interface CheckedSimilarities {

  /**
   * Nothing is wrong with them.
   *
   * @param matrix K [n, n], with what rounding had put wrong repaired
   */
  record Accepted(SymmetricMatrix matrix) implements CheckedSimilarities {}

  /**
   * They are no similarities, or no kernel.
   *
   * @param problems what is wrong, the first of them, at least one: {@code [2][5]: 1.4 (expected:
   *     in [-1, 1])}
   * @param more how many there are beyond these
   */
  record Rejected(List<String> problems, int more) implements CheckedSimilarities {

    /** Copies the list. */
    public Rejected {
      problems = List.copyOf(problems);
    }
  }
}
