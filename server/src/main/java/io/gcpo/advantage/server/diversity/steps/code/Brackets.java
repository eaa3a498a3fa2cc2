// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.diversity.steps.code;

import java.util.Arrays;
import java.util.List;

/** Which brackets of a list of tokens belong together. Linear. Immutable. */
final class Brackets {
  private final int[] partner; // of a bracket; -1 for other tokens and brackets without one
  private final int[] around; // the innermost open bracket around a token, -1 for none

  private Brackets(int[] partner, int[] around) {
    this.partner = partner;
    this.around = around;
  }

  static Brackets of(List<Token> tokens) {
    int[] partner = new int[tokens.size()];
    int[] around = new int[tokens.size()];
    Arrays.fill(partner, -1);
    int innermost = -1;
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).closes() && innermost >= 0) {
        partner[i] = innermost;
        partner[innermost] = i;
        innermost = around[innermost];
      }
      around[i] = innermost;
      if (tokens.get(i).opens()) {
        innermost = i;
      }
    }
    return new Brackets(partner, around);
  }

  int partner(int index) {
    return partner[index];
  }

  /** The index of the open bracket that a token is in, its own excluded; -1 for none. */
  int around(int index) {
    return around[index];
  }
}
