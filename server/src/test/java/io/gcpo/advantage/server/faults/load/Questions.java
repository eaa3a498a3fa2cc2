// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.client.AdvantageClient;
import io.gcpo.advantage.server.testing.Examples;
import io.gcpo.advantage.server.testing.Groups;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.GroupResult;
import io.gcpo.advantage.v1.Rollout;
import io.gcpo.advantage.v1.RolloutGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** What a load asks: small and large requests, texts for the model and embeddings of the caller. */
public final class Questions {
  private static final long SEED = 20_261_122;
  private static final int ROLLOUTS = 8;

  private Questions() {}

  /** Groups with embeddings of their own, which cost a server little. */
  public static ComputeAdvantagesRequest embeddings(int groups, int dimension) {
    Random random = new Random(SEED + groups);
    ComputeAdvantagesRequest.Builder request = ComputeAdvantagesRequest.newBuilder();
    for (int i = 0; i < groups; i++) {
      RolloutGroup.Builder group = RolloutGroup.newBuilder().setGroupId("group-" + i);
      for (int j = 0; j < ROLLOUTS; j++) {
        float[] values = new float[dimension];
        for (int k = 0; k < dimension; k++) {
          values[k] = (float) random.nextGaussian();
        }
        group.addRollouts(Groups.embedded(random.nextInt(2), values));
      }
      request.addGroups(group);
    }
    return request.build();
  }

  /** The first of the real groups, which the model has to read. */
  public static ComputeAdvantagesRequest texts(int groups, int rollouts) {
    ComputeAdvantagesRequest.Builder request = ComputeAdvantagesRequest.newBuilder();
    for (RolloutGroup group : Examples.all().subList(0, groups)) {
      List<Rollout> first =
          group.getRolloutsList().subList(0, Math.min(rollouts, group.getRolloutsCount()));
      request.addGroups(group.toBuilder().clearRollouts().addAllRollouts(first));
    }
    return request.build();
  }

  /** Has them answered by a server that nothing is done to. */
  public static List<Question> answered(AdvantageClient client, ComputeAdvantagesRequest... asked) {
    List<Question> questions = new ArrayList<>();
    for (ComputeAdvantagesRequest request : asked) {
      List<GroupResult> expected = client.compute(request).getResultsList();
      assertThat(advantages(expected)).as("advantages").anyMatch(advantage -> advantage != 0);
      questions.add(new Question(request, expected));
    }
    return List.copyOf(questions);
  }

  private static Stream<Double> advantages(List<GroupResult> results) {
    return results.stream()
        .flatMap(result -> result.getAdvantages().getRolloutsList().stream())
        .map(rollout -> rollout.getAdvantage());
  }
}
