// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.load;

import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.gcpo.advantage.v1.GroupResult;
import java.util.List;

/**
 * A request of which the answer is known.
 *
 * @param expected what a server without faults answered before, bit by bit
 */
public record Question(ComputeAdvantagesRequest request, List<GroupResult> expected) {
  private static final int DIGEST_BYTES = 32;

  /** Whether each number has the expected bits, and each group names the digest of its input. */
  public boolean isAnsweredBy(ComputeAdvantagesResponse answer) {
    return answer.getResultsList().equals(expected)
        && answer.getResultsList().stream()
            .allMatch(result -> result.getAdvantages().getInputSha256().size() == DIGEST_BYTES);
  }
}
