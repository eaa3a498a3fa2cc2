// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.pipeline;

import com.google.common.collect.ImmutableList;
import io.gcpo.advantage.server.advantage.AdvantageSettings;
import io.gcpo.advantage.server.advantage.gold.GoldDecision;
import io.gcpo.advantage.server.advantage.group.RolloutScore;
import io.gcpo.advantage.server.diversity.kernel.KernelInput;
import io.gcpo.advantage.server.embedding.Embedding;
import io.gcpo.advantage.server.embedding.TruncationPolicy;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A group that can be computed: complete and within every limit.
 *
 * @param path where it stands in its request, for example {@code groups[3]}
 * @param rolloutIds [n], echoed
 * @param sentRewards [n], whether or not they count
 * @param scores [n]
 * @param greedyReward of the policy's greedy rollout
 * @param gold what becomes of the golden answer; empty where the settings put none in
 * @param content of the [n] rollouts; where the kernel looks at embeddings and a golden answer
 *     takes a place, [n + 1] with its own last
 * @param comparison what the kernel looks at besides; empty: rollouts are not compared
 */
public record GroupJob(
    String path,
    String groupId,
    List<String> rolloutIds,
    List<OptionalDouble> sentRewards,
    List<RolloutScore> scores,
    OptionalDouble greedyReward,
    Optional<GoldDecision> gold,
    Content content,
    Optional<Comparison> comparison,
    AdvantageSettings settings,
    TruncationPolicy truncationPolicy)
    implements JobEntry {
  public GroupJob {
    rolloutIds = ImmutableList.copyOf(rolloutIds);
    sentRewards = ImmutableList.copyOf(sentRewards);
    scores = ImmutableList.copyOf(scores);
    boolean golden = gold.flatMap(GoldDecision::golden).isPresent();
    int contents = scores.size() + (golden && looksAtEmbeddings(settings) ? 1 : 0);
    if (rolloutIds.size() != scores.size()
        || sentRewards.size() != scores.size()
        || (!(content instanceof None) && content.size() != contents)) {
      throw new IllegalArgumentException(
          "%s: %d ids, %d rewards, %d scores, %d contents (expected: equal, but for a golden answer)"
              .formatted(
                  path, rolloutIds.size(), sentRewards.size(), scores.size(), content.size()));
    }
  }

  /** Whether the rollouts are compared by a kernel that looks at the embeddings of the content. */
  public boolean looksAtContent() {
    return comparison.isPresent() && looksAtEmbeddings(settings);
  }

  private static boolean looksAtEmbeddings(AdvantageSettings settings) {
    return settings.kernel().plan().kernel().inputs().contains(KernelInput.EMBEDDINGS);
  }

  /** What is embedded, and what metrics of wording read. */
  public sealed interface Content {
    /** How many there are. */
    int size();
  }

  /** Texts, of some of which only the digest may be at hand. */
  public record Texts(List<TextReference> references) implements Content {
    public Texts {
      references = ImmutableList.copyOf(references);
    }

    @Override
    public int size() {
      return references.size();
    }

    /** The texts; empty where one of them is not at hand. */
    public Optional<List<String>> texts() {
      ImmutableList.Builder<String> texts = ImmutableList.builder();
      for (TextReference reference : references) {
        if (!(reference instanceof TextReference.Given given)) {
          return Optional.empty();
        }
        texts.add(given.text().text());
      }
      return Optional.of(texts.build());
    }
  }

  /** Embeddings of one dimension, from the caller. */
  public record Embeddings(List<Embedding> embeddings) implements Content {
    public Embeddings {
      embeddings = ImmutableList.copyOf(embeddings);
    }

    @Override
    public int size() {
      return embeddings.size();
    }
  }

  /** None at all. */
  public record None() implements Content {
    @Override
    public int size() {
      return 0;
    }
  }
}
