// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.pipeline;

import com.google.common.collect.ImmutableList;
import io.gcpo.advantage.server.advantage.GroupAdvantages;
import io.gcpo.advantage.server.embedding.ContentDigest;
import java.util.List;

/**
 * A group that has its advantages.
 *
 * @param tokens [n], of each rollout's text
 * @param input says what was scored
 */
public record GroupSuccess(
    GroupJob job, GroupAdvantages advantages, List<TokenCount> tokens, ContentDigest input)
    implements GroupOutcome {

  public GroupSuccess {
    tokens = ImmutableList.copyOf(tokens);
  }

  @Override
  public String groupId() {
    return job.groupId();
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
