// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.pipeline;

import com.google.common.collect.ImmutableList;
import io.gcpo.advantage.server.advantage.estimator.EstimatorChoice;
import io.gcpo.advantage.server.embedding.Embedding;
import io.gcpo.advantage.server.embedding.TruncationPolicy;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A group that can be computed: complete and within every limit.
 *
 * @param path where it stands in its request, for example {@code groups[3]}
 * @param rolloutIds [n], echoed
 * @param rewards [n], absent where a rollout does not count
 * @param content [n] texts or [n] embeddings
 */
public record GroupJob(
    String path,
    String groupId,
    List<String> rolloutIds,
    List<OptionalDouble> rewards,
    Content content,
    EstimatorChoice choice,
    TruncationPolicy truncationPolicy)
    implements JobEntry {

  public GroupJob {
    rolloutIds = ImmutableList.copyOf(rolloutIds);
    rewards = ImmutableList.copyOf(rewards);
    if (rolloutIds.size() != rewards.size() || rewards.size() != content.size()) {
      throw new IllegalArgumentException(
          "%s: %d ids, %d rewards, %d contents (expected: equal)"
              .formatted(path, rolloutIds.size(), rewards.size(), content.size()));
    }
  }

  /** What similarity is computed from. */
  public sealed interface Content {
    /** n. */
    int size();
  }

  /** [n] texts. */
  public record Texts(List<String> texts) implements Content {
    public Texts {
      texts = ImmutableList.copyOf(texts);
    }

    @Override
    public int size() {
      return texts.size();
    }
  }

  /** [n] embeddings of one dimension, from the caller. */
  public record Embeddings(List<Embedding> embeddings) implements Content {
    public Embeddings {
      embeddings = ImmutableList.copyOf(embeddings);
    }

    @Override
    public int size() {
      return embeddings.size();
    }
  }
}
