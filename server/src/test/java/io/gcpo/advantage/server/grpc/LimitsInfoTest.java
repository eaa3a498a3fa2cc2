// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Durations;
import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.server.testing.FakeEmbedder;
import io.gcpo.advantage.v1.ConnectionLimits;
import io.gcpo.advantage.v1.Limits;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What callers are told of the limits they can run into. */
@Timeout(120)
class LimitsInfoTest {
  @Test
  void limits_areAllNamed() {
    try (TestServer server =
        TestServer.with(
            new FakeEmbedder(),
            Map.of(
                "admission.max-bytes", "100000000",
                "admission.max-waiting-calls", "7",
                "admission.body-timeout", "8s",
                "admission.max-deadline", "9s",
                "grpc.connection.max-calls", "10",
                "grpc.connection.max-resets", "11",
                "grpc.connection.min-client-ping-interval", "12s",
                "grpc.connection.flow-control-window", "70000"))) {
      Limits limits = server.client().info().getLimits();

      assertThat(limits.getAdmissibleBytes()).isEqualTo(100_000_000);
      assertThat(limits.getMaxWaitingCalls()).isEqualTo(7);
      assertThat(limits.getBodyTimeout()).isEqualTo(Durations.fromSeconds(8));
      assertThat(limits.getMaxDeadline()).isEqualTo(Durations.fromSeconds(9));
      assertThat(limits.getConnection())
          .isEqualTo(
              ConnectionLimits.newBuilder()
                  .setMaxCalls(10)
                  .setMaxMetadataBytes(8_192)
                  .setMaxResets(11)
                  .setResetWindow(Durations.fromSeconds(30))
                  .setHandshakeTimeout(Durations.fromSeconds(10))
                  .setMaxIdle(Durations.fromMinutes(5))
                  .setMaxAge(Durations.fromMinutes(30))
                  .setMaxAgeGrace(Durations.fromSeconds(150))
                  .setMinPingInterval(Durations.fromSeconds(12))
                  .setFlowControlWindow(70_000)
                  .build());
    }
  }
}
