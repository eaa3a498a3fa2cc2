// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import static io.gcpo.advantage.server.testing.Groups.request;
import static io.gcpo.advantage.server.testing.Groups.sound;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.server.grpc.admission.AdmissionBudgets;
import io.gcpo.advantage.server.testing.Await;
import io.gcpo.advantage.server.testing.FakeEmbedder;
import io.gcpo.advantage.v1.AdvantageServiceGrpc;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class DeadlineCapTest {
  private final FakeEmbedder embedder = new FakeEmbedder();

  @Test
  void callWithoutDeadline_endsAtTheServersMaximum() {
    try (TestServer server = TestServer.with(embedder, Map.of("admission.max-deadline", "300ms"))) {
      embedder.holdAnswers();

      assertThatThrownBy(
              () ->
                  AdvantageServiceGrpc.newBlockingStub(server.channel())
                      .computeAdvantages(request(sound("a"))))
          .hasMessageContaining("DEADLINE_EXCEEDED: the deadline has passed");
      Await.until(() -> server.instance(AdmissionBudgets.class).held() == 0);
    }
  }

  @Test
  void callInTime_isAnswered() {
    try (TestServer server = TestServer.with(embedder, Map.of("admission.max-deadline", "60s"))) {
      assertThat(server.client().compute(request(sound("a"))).getResultsCount()).isEqualTo(1);
    }
  }
}
