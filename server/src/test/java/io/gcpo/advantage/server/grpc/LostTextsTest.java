// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import static io.gcpo.advantage.server.testing.Groups.group;
import static io.gcpo.advantage.server.testing.Groups.request;
import static io.gcpo.advantage.server.testing.Groups.rollout;
import static io.gcpo.advantage.server.testing.Groups.sound;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.rpc.Code;
import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.server.embedding.EmbeddingFailure;
import io.gcpo.advantage.v1.AdvantageConfig;
import io.gcpo.advantage.v1.AdvantageServiceGrpc;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.Estimator;
import io.gcpo.advantage.v1.GroupResult;
import io.gcpo.advantage.v1.RolloutGroup;
import io.gcpo.advantage.v1.TruncationPolicy;
import io.gcpo.advantage.v1.Weighting;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What one answer says of a text that the model was lost on, before any client asks again. */
final class LostTextsTest {
  private static final RolloutGroup LOST = group("lost", rollout("poor", 1), rollout("other", 0));
  private static final RolloutGroup LONG = group("long", rollout("x".repeat(2_000), 1));

  @ParameterizedTest
  @CsvSource({
    "DEVICE_OOM, UNAVAILABLE",
    "NON_FINITE_EMBEDDING, INTERNAL",
    "WORKER_RESTARTING, UNAVAILABLE"
  })
  void lostText_isTheErrorOfItsGroupOnly(EmbeddingFailure reason, Code code) {
    try (TestServer server = server(reason)) {
      List<GroupResult> results = ask(server, request(sound("a"), LOST, sound("b")));

      assertThat(results).extracting(GroupResult::getGroupId).containsExactly("a", "lost", "b");
      assertThat(results).extracting(GroupResult::hasError).containsExactly(false, true, false);
      assertThat(results.get(1).getError().getCode()).isEqualTo(code.getNumber());
      assertThat(Refusals.reason(results.get(1).getError())).isEqualTo(reason.name());
      assertThat(results.get(0)).isEqualTo(ask(server, request(sound("a"))).get(0));
    }
  }

  /**
   * Their numbers would silently be others: the batch is lost, and may come again. A group that is
   * refused, however often it comes, is no part of it; the others say how many they are.
   */
  @Test
  void lostText_ofABatch_isTheErrorOfAllItsGroups() {
    try (TestServer server = server(EmbeddingFailure.WORKER_RESTARTING)) {
      ComputeAdvantagesRequest batch = batch(sound("a"), LOST, LONG, sound("b"));

      assertThat(ask(server, batch))
          .extracting(result -> Refusals.reason(result.getError()))
          .containsExactly(
              "WORKER_RESTARTING", "WORKER_RESTARTING", "INPUT_TOO_LONG", "WORKER_RESTARTING");

      assertThat(ask(server, batch))
          .extracting(result -> result.getAdvantages().getBatchGroups())
          .containsExactly(3, 3, 0, 3);
    }
  }

  private static TestServer server(EmbeddingFailure reason) {
    return TestServer.with(new LosingEmbedder("poor", 1, reason), Map.of());
  }

  private static ComputeAdvantagesRequest batch(RolloutGroup... groups) {
    return request(groups).toBuilder()
        .setConfig(
            AdvantageConfig.newBuilder()
                .setEstimator(Estimator.ESTIMATOR_REINFORCE_PLUS_PLUS)
                .setWeighting(Weighting.WEIGHTING_ROLLOUTS)
                .setTruncationPolicy(TruncationPolicy.TRUNCATION_POLICY_ERROR))
        .build();
  }

  private static List<GroupResult> ask(TestServer server, ComputeAdvantagesRequest request) {
    return AdvantageServiceGrpc.newBlockingStub(server.channel())
        .computeAdvantages(request)
        .getResultsList();
  }
}
