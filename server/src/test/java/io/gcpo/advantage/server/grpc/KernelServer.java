// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import static io.gcpo.advantage.server.grpc.Kernels.matrix;
import static io.gcpo.advantage.server.testing.Groups.group;
import static io.gcpo.advantage.server.testing.Groups.request;
import static io.gcpo.advantage.server.testing.Groups.rollout;
import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.client.AdvantageClient;
import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.server.embedding.cache.CacheObserver;
import io.gcpo.advantage.server.embedding.cache.CachingEmbedder;
import io.gcpo.advantage.server.embedding.cache.EmbeddingCache;
import io.gcpo.advantage.server.testing.FakeEmbedder;
import io.gcpo.advantage.v1.AdvantageConfig;
import io.gcpo.advantage.v1.GroupAdvantages;
import io.gcpo.advantage.v1.GroupResult;
import io.gcpo.advantage.v1.OutputOptions;
import io.gcpo.advantage.v1.RolloutGroup;
import io.gcpo.advantage.v1.SubmitRolloutsRequest;
import java.util.List;
import java.util.Map;

/** A server with a cache of embeddings, and a group with all that any kernel looks at. */
final class KernelServer implements AutoCloseable {
  /** Right, right with the same text, right in another way, wrong. */
  static final RolloutGroup GROUP = complete();

  static final String FIRST = "2 + 3 = 5, so 5 * 4 = 20.";
  static final String OTHER = "4 * 2 = 8 and 4 * 3 = 12, hence 8 + 12 = 20.";

  private final FakeEmbedder embedder = new FakeEmbedder();
  private final TestServer server =
      TestServer.with(
          new CachingEmbedder(
              embedder, new EmbeddingCache(1 << 20, CacheObserver.NONE), CacheObserver.NONE),
          Map.of());

  @Override
  public void close() {
    server.close();
  }

  AdvantageClient client() {
    return server.client();
  }

  /** What embeds the texts that are not cached. */
  FakeEmbedder embedder() {
    return embedder;
  }

  /** The answer with its matrix; fails where there is none. */
  GroupAdvantages compute(RolloutGroup group, AdvantageConfig.Builder config) {
    GroupResult result =
        result(group, config, OutputOptions.newBuilder().setSimilarity(true).build());
    assertThat(result.getError().getDetailsList()).isEmpty();
    return result.getAdvantages();
  }

  GroupResult result(RolloutGroup group, AdvantageConfig.Builder config, OutputOptions output) {
    return server
        .client()
        .compute(request(group).toBuilder().setConfig(config).setOutput(output).build())
        .getResults(0);
  }

  void submit(String... texts) {
    server
        .client()
        .submit(SubmitRolloutsRequest.newBuilder().addAllTexts(List.of(texts)).build())
        .join();
  }

  /** With everything that any kernel looks at. */
  private static RolloutGroup complete() {
    RolloutGroup.Builder group =
        group(
                "a",
                rollout(FIRST, 1),
                rollout(FIRST, 1),
                rollout(OTHER, 1),
                rollout("I do not know.", 0))
            .toBuilder()
            .setPrompt("What is it?")
            .setSimilarityF64Le(matrix(1, 1, 0.5, 0, 1, 1, 0.5, 0, 0.5, 0.5, 1, 0, 0, 0, 0, 1));
    String[] labels = {"first", "first", "other", "none"};
    for (int i = 0; i < labels.length; i++) {
      group.getRolloutsBuilder(i).setClusterLabel(labels[i]);
    }
    return group.build();
  }
}
