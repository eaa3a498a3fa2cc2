// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.metrics;

import java.util.HashSet;
import java.util.List;

/** How many texts of a set are left when equal ones count once. */
final class UniqueTexts {
  private UniqueTexts() {}

  /**
   * Different texts / n, in [1 / n, 1]; 0 for the empty set. Texts are compared to the character.
   */
  static double ratio(List<String> texts) {
    return texts.isEmpty() ? 0 : (double) new HashSet<>(texts).size() / texts.size();
  }
}
