// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.pipeline;

import com.google.common.collect.ImmutableList;
import io.gcpo.advantage.server.advantage.EstimatorChoice;
import io.gcpo.advantage.server.advantage.GroupAdvantages;
import java.util.List;

/**
 * A group that has its advantages.
 *
 * @param rolloutIds [n], echoed
 * @param choice the estimator and its resolved parameters
 * @param tokens [n], of each rollout's text
 */
public record GroupSuccess(
    String groupId,
    List<String> rolloutIds,
    EstimatorChoice choice,
    GroupAdvantages advantages,
    List<TokenCount> tokens)
    implements GroupOutcome {

  public GroupSuccess {
    rolloutIds = ImmutableList.copyOf(rolloutIds);
    tokens = ImmutableList.copyOf(tokens);
  }

  /**
   * Tokens of one text.
   *
   * @param total special tokens included; 0 where no text was embedded
   * @param truncated how many of them are not in the embedding
   */
  public record TokenCount(int total, int truncated) {
    /** Of a rollout whose text was not embedded. */
    public static final TokenCount NONE = new TokenCount(0, 0);
  }
}
