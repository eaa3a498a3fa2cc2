// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import static io.gcpo.advantage.server.testing.Groups.group;
import static io.gcpo.advantage.server.testing.Groups.request;
import static io.gcpo.advantage.server.testing.Groups.rollout;
import static io.gcpo.advantage.server.testing.Groups.sound;
import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.client.AdvantageStream;
import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.server.embedding.EmbeddingFailure;
import io.gcpo.advantage.v1.GroupResult;
import io.gcpo.advantage.v1.RolloutGroup;
import io.gcpo.advantage.v1.StreamHeader;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The client sends a group again that the model was lost on, and the server takes it. */
@Timeout(60)
class LostGroupsTest {
  private static final int TIMES = 2;
  private static final RolloutGroup LOST = group("lost", rollout("poor", 1), rollout("other", 0));

  @Test
  void lostGroup_ofACall_hasItsAdvantagesInTheEnd() {
    LosingEmbedder embedder = new LosingEmbedder("poor", TIMES, EmbeddingFailure.WORKER_RESTARTING);
    try (TestServer server = TestServer.with(embedder, Map.of())) {
      List<GroupResult> results =
          server.client().compute(request(sound("a"), LOST)).getResultsList();

      assertThat(results).extracting(GroupResult::getGroupId).containsExactly("a", "lost");
      assertThat(results).allMatch(GroupResult::hasAdvantages);
    }
    assertThat(embedder.lost()).isEqualTo(TIMES);
  }

  @Test
  void lostGroup_ofAStream_mayComeAgainOnIt() throws Exception {
    LosingEmbedder embedder = new LosingEmbedder("poor", TIMES, EmbeddingFailure.WORKER_RESTARTING);
    try (TestServer server = TestServer.with(embedder, Map.of());
        AdvantageStream stream = server.client().stream(StreamHeader.getDefaultInstance())) {
      CompletableFuture<GroupResult> lost = stream.send(LOST);
      CompletableFuture<GroupResult> sound = stream.send(sound("a"));

      assertThat(sound.get(20, TimeUnit.SECONDS).hasAdvantages()).isTrue();
      assertThat(lost.get(20, TimeUnit.SECONDS).hasAdvantages()).isTrue();
    }
    assertThat(embedder.lost()).isEqualTo(TIMES);
  }
}
