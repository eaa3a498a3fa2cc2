// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.failpoints;

import com.google.common.collect.ImmutableList;
import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.server.testing.Examples;
import io.gcpo.advantage.v1.AdvantageServiceGrpc;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.EmbedTextsRequest;
import io.gcpo.advantage.v1.EmbedTextsResponse;
import io.gcpo.advantage.v1.GroupResult;
import io.gcpo.advantage.v1.Rollout;
import io.gcpo.advantage.v1.RolloutGroup;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What is asked, and what a server answers that has no failpoints. Immutable. */
final class Questions {
  private static final int GROUPS = 8;
  private static final int ROLLOUTS = 2;
  private static final int CHARACTERS = 60;

  private final ImmutableList<RolloutGroup> groups =
      Examples.all().stream()
          .limit(GROUPS)
          .map(Questions::shortened)
          .collect(ImmutableList.toImmutableList());
  private final Map<String, GroupResult> results = new HashMap<>();
  private final Map<EmbedTextsRequest, EmbedTextsResponse> embeddings = new HashMap<>();

  Questions() {
    try (TestServer sound = TestServer.real()) {
      AdvantageServiceGrpc.AdvantageServiceBlockingStub stub =
          AdvantageServiceGrpc.newBlockingStub(sound.channel());
      stub.computeAdvantages(ComputeAdvantagesRequest.newBuilder().addAllGroups(groups).build())
          .getResultsList()
          .forEach(result -> results.put(result.getGroupId(), result));
      for (RolloutGroup group : groups) {
        EmbedTextsRequest texts = texts(group);
        embeddings.put(texts, stub.embedTexts(texts));
      }
    }
  }

  /** One or two groups. */
  List<RolloutGroup> someGroups(Random random) {
    int first = random.nextInt(groups.size());
    RolloutGroup group = groups.get(first);
    return random.nextBoolean()
        ? List.of(group)
        : List.of(group, groups.get((first + 1) % groups.size()));
  }

  /** The texts of a group. */
  EmbedTextsRequest someTexts(Random random) {
    return texts(groups.get(random.nextInt(groups.size())));
  }

  /** Whether every bit is as it should be. */
  boolean isRight(RolloutGroup group, GroupResult result) {
    return result.equals(results.get(group.getGroupId()));
  }

  /** Whether every bit is as it should be. */
  boolean isRight(EmbedTextsRequest texts, EmbedTextsResponse answer) {
    EmbedTextsResponse right = embeddings.get(texts);
    return right != null && answer.getEmbeddingsF32Le().equals(right.getEmbeddingsF32Le());
  }

  private static EmbedTextsRequest texts(RolloutGroup group) {
    return EmbedTextsRequest.newBuilder()
        .addAllTexts(group.getRolloutsList().stream().map(Rollout::getText).toList())
        .build();
  }

  /** Small ones, so that many runs take little time. */
  private static RolloutGroup shortened(RolloutGroup group) {
    RolloutGroup.Builder shorter = group.toBuilder().clearRollouts();
    group.getRolloutsList().stream()
        .limit(ROLLOUTS)
        .forEach(rollout -> shorter.addRollouts(shortened(rollout)));
    return shorter.build();
  }

  private static Rollout shortened(Rollout rollout) {
    String text = rollout.getText();
    return rollout.toBuilder()
        .setText(text.substring(0, Math.min(CHARACTERS, text.length())))
        .build();
  }
}
