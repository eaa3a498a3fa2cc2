// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gcpo.advantage.v1.AnswerOrigin;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.gcpo.advantage.v1.EmbedTextsRequest;
import io.gcpo.advantage.v1.EmbedTextsResponse;
import io.gcpo.advantage.v1.Limits;
import io.gcpo.advantage.v1.RolloutGroup;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Parts of a call reach two versions of the server, as in every rolling deployment. */
@Timeout(60)
class MixedSourcesTest {
  /**
   * By the first group of a part, or how many texts it has: who answers it next; the last stays.
   */
  private final Map<String, Queue<String>> versions = new ConcurrentHashMap<>();

  private FakeServer server;
  private AdvantageClient client;

  @BeforeEach
  void start() throws IOException {
    server = new FakeServer();
    server.info.limit(Limits.newBuilder().setMaxGroupsPerRequest(2).setMaxTextsPerRequest(2));
    server.service.distortion =
        answer -> answer.toBuilder().setOrigin(next(answer.getResults(0).getGroupId())).build();
    server.service.embedDistortion =
        answer -> answer.toBuilder().setOrigin(next("" + answer.getTokensCount())).build();
    client = AdvantageClient.connect(server.options().retryPolicy(Failures.HASTY).build());
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void parts_ofTheVersionThatGoes_areAskedForAgain() {
    says("g0", "old", "new");
    says("g2", "new");

    ComputeAdvantagesResponse answer = client.compute(groups());

    assertThat(answer.getResultsList()).isEqualTo(Answers.to(groups()).getResultsList());
    assertThat(answer.getOrigin().getServerVersion()).isEqualTo("new");
    assertThat(server.service.computed)
        .hasSize(3)
        .last()
        .isEqualTo(
            groups().toBuilder()
                .setRequestId("r.again-1")
                .clearGroups()
                .addAllGroups(groups().getGroupsList().subList(0, 2))
                .build());
  }

  @Test
  void embeddings_ofTheVersionThatGoes_areAskedForAgain() {
    says("2", "old", "old", "new");
    says("1", "new");

    EmbedTextsResponse answer =
        client.embed(
            EmbedTextsRequest.newBuilder()
                .setRequestId("r")
                .addAllTexts(List.of("a", "bb", "ccc"))
                .build());

    assertThat(answer.getOrigin().getServerVersion()).isEqualTo("new");
    assertThat(answer.getTokensList()).containsExactly(1, 2, 3);
    assertThat(server.service.embedded)
        .extracting(EmbedTextsRequest::getRequestId)
        .containsExactlyInAnyOrder("r.from-0", "r.from-2", "r.again-1.from-0", "r.again-2.from-0");
  }

  @Test
  void version_thatNeverComesBack_isNotWaitedFor() {
    says("g0", "new");
    says("g2", "old", "new");

    assertThat(client.compute(groups()).getOrigin().getServerVersion()).isEqualTo("new");
    assertThat(server.service.computed).hasSize(5);
  }

  @Test
  void mixture_thatDoesNotEnd_isRefusedAfterAFewRounds() {
    AtomicInteger n = new AtomicInteger();
    server.service.distortion =
        answer ->
            answer.toBuilder()
                .setOrigin(AnswerOrigin.newBuilder().setServerVersion("2." + n.getAndIncrement()))
                .build();

    assertThatThrownBy(() -> client.compute(groups()))
        .isInstanceOf(InvalidAnswerException.class)
        .hasMessageStartingWith("origin: \"2.");
    assertThat(server.service.computed).hasSizeBetween(8, 14);
  }

  private void says(String part, String... versions) {
    this.versions.put(part, new ArrayDeque<>(Arrays.asList(versions)));
  }

  private AnswerOrigin next(String part) {
    Queue<String> left = Objects.requireNonNull(versions.get(part));
    String version = left.size() > 1 ? left.remove() : left.element();
    return AnswerOrigin.newBuilder().setServerVersion(version).build();
  }

  private static ComputeAdvantagesRequest groups() {
    List<RolloutGroup> groups =
        IntStream.range(0, 4).mapToObj(i -> Answers.group("g" + i, "text", "t" + i)).toList();
    return ComputeAdvantagesRequest.newBuilder().setRequestId("r").addAllGroups(groups).build();
  }
}
