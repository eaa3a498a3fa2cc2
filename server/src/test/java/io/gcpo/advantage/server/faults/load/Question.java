// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.load;

import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.gcpo.advantage.v1.GroupResult;
import java.util.List;

/**
 * A request and the results that another, unloaded server gave for it.
 *
 * @param expected to the last bit
 */
public record Question(ComputeAdvantagesRequest request, List<GroupResult> expected) {
  public Question {
    expected = List.copyOf(expected);
  }

  /** Whether these are the results, bit for bit. */
  public boolean isAnsweredBy(ComputeAdvantagesResponse answer) {
    return answer.getResultsList().equals(expected);
  }
}
