// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.gcpo.advantage.v1.AdvantageConfig;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.gcpo.advantage.v1.DiversityMetric;
import io.gcpo.advantage.v1.Estimator;
import io.gcpo.advantage.v1.EstimatorInfo;
import io.gcpo.advantage.v1.Rollout;
import io.gcpo.advantage.v1.RolloutGroup;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PrefetchedCallTest {
  private FakeServer server;
  private AdvantageClient client;

  @BeforeEach
  void start() throws IOException {
    server = new FakeServer();
    client = AdvantageClient.connect(server.target());
  }

  @AfterEach
  void stop() {
    client.close();
    server.close();
  }

  @Test
  void knownTexts_travelAsHashesAlone() throws Exception {
    ComputeAdvantagesRequest.Builder request = Answers.request().toBuilder();
    request.getOutputBuilder().addMetrics(DiversityMetric.DIVERSITY_METRIC_SELF_BLEU);
    request.getGroupsBuilder(1).getRolloutsBuilder(0).setKernelText("own");

    ComputeAdvantagesResponse answer = computed(request.build());

    assertThat(answer).isEqualTo(Answers.to(request.build()));
    assertThat(server.service.computed).hasSize(1);
    List<Rollout> sent =
        server.service.computed.element().getGroupsList().stream()
            .flatMap(group -> group.getRolloutsList().stream())
            .toList();
    assertThat(sent)
        .extracting(Rollout::getContentSha256)
        .containsExactly(sha256("first"), sha256("second"), sha256("third"));
    assertThat(sent).extracting(Rollout::getText).containsOnly("");
    assertThat(sent).extracting(Rollout::getKernelText).containsExactly("", "", "own");
  }

  @Test
  void unknownTexts_travelOnceMoreWithTheirGroupsAndUnderTheSameModel() throws Exception {
    ComputeAdvantagesRequest request = Answers.request().toBuilder().setModel("small").build();
    lack(group -> group.getGroupId().equals("b"));

    assertThat(computed(request).getResultsList()).isEqualTo(Answers.to(request).getResultsList());
    assertThat(server.service.computed)
        .extracting(sent -> sent.getGroupsList().stream().map(RolloutGroup::getGroupId).toList())
        .containsExactly(List.of("a", "b"), List.of("b"));
    assertThat(server.service.computed)
        .extracting(ComputeAdvantagesRequest::getModel)
        .containsExactly("small", "small");
    assertThat(server.service.computed)
        .extracting(ComputeAdvantagesRequest::getRequestId)
        .containsExactly("request-1", "request-1.texts");
  }

  @Test
  void unknownTexts_ofAnEstimatorOverAllGroups_travelWithAllGroups() throws Exception {
    Estimator whole = Estimator.ESTIMATOR_REINFORCE_PLUS_PLUS_BASELINE;
    server.info.info =
        server.info.info.toBuilder()
            .addEstimators(EstimatorInfo.newBuilder().setEstimator(whole).setBatchLevel(true))
            .build();
    ComputeAdvantagesRequest request =
        Answers.request().toBuilder()
            .setConfig(AdvantageConfig.newBuilder().setEstimator(whole))
            .build();
    lack(group -> group.getGroupId().equals("b"));

    assertThat(computed(request).getResultsList()).isEqualTo(Answers.to(request).getResultsList());
    assertThat(server.service.computed)
        .hasSize(2)
        .last()
        .isEqualTo(request.toBuilder().setRequestId("request-1.texts").build());
  }

  private ComputeAdvantagesResponse computed(ComputeAdvantagesRequest request) throws Exception {
    return client.computePrefetched(request).get(10, TimeUnit.SECONDS);
  }

  /** The server has no text for the hashes of some groups. */
  private void lack(Predicate<RolloutGroup> unknown) {
    server.service.answers =
        request -> {
          ComputeAdvantagesResponse.Builder answer = Answers.to(request).toBuilder();
          for (int i = 0; i < request.getGroupsCount(); i++) {
            RolloutGroup group = request.getGroups(i);
            if (group.getRollouts(0).hasContentSha256() && unknown.test(group)) {
              answer.setResults(i, Answers.contentNotFound(group.getGroupId()));
            }
          }
          return answer.build();
        };
  }

  private static ByteString sha256(String text) {
    return Sha256.of(ByteString.copyFromUtf8(text));
  }
}
