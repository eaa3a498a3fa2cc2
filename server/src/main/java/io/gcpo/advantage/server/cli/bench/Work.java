// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli.bench;

import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.gcpo.advantage.v1.GroupResult;
import io.gcpo.advantage.v1.RolloutAdvantage;
import io.gcpo.advantage.v1.SubmitRolloutsResponse;

/**
 * What answers brought.
 *
 * @param groups with advantages
 * @param rollouts of those
 * @param textTokens of those, embedded now or known before; 0 where the kernel asked for none
 * @param embeddedTokens that went through the model within these calls, or were submitted
 */
public record Work(long groups, long rollouts, long textTokens, long embeddedTokens) {
  static final Work NONE = new Work(0, 0, 0, 0);

  Work plus(ComputeAdvantagesResponse answer) {
    long groups = this.groups;
    long rollouts = this.rollouts;
    long textTokens = this.textTokens;
    for (GroupResult result : answer.getResultsList()) {
      if (result.hasAdvantages()) {
        groups++;
        rollouts += result.getAdvantages().getRolloutsCount();
        for (RolloutAdvantage rollout : result.getAdvantages().getRolloutsList()) {
          textTokens += Integer.toUnsignedLong(rollout.getTokens());
        }
      }
    }
    return new Work(groups, rollouts, textTokens, embeddedTokens + answer.getTiming().getTokens());
  }

  /** What was submitted is embedded and brings no group. */
  Work plus(SubmitRolloutsResponse answer) {
    long tokens = answer.getTokensList().stream().mapToLong(Integer::toUnsignedLong).sum();
    return new Work(groups, rollouts, textTokens, embeddedTokens + tokens);
  }
}
