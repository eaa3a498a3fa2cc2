// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.util.Durations;
import io.gcpo.advantage.client.AdvantageClient;
import io.gcpo.advantage.server.bootstrap.Bootstrap;
import io.gcpo.advantage.server.bootstrap.RunningServer;
import io.gcpo.advantage.server.config.ConfigSource;
import io.gcpo.advantage.server.testing.Groups;
import io.gcpo.advantage.v1.Limits;
import io.gcpo.advantage.v1.RolloutGroup;
import io.grpc.ManagedChannel;
import io.grpc.inprocess.InProcessChannelBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who computes in their own process has what time and memory they like. */
@Timeout(120)
class InProcessLimitsTest {
  private static final String NAME = "in-process-limits-test";

  @Test
  void work_longerAndLargerThanAServerWouldTake_isDone() throws Exception {
    ServerConfig config =
        ServerConfig.read(
            List.of(
                ConfigSource.flags(
                    Map.of(
                        "admission.max-deadline", "100ms",
                        "admission.body-timeout", "100ms",
                        "admission.max-bytes", "1",
                        "admission.max-waiting-calls", "0",
                        "limits.max-message-bytes", "65536",
                        "embedding.workers", "1",
                        "embedding.token-budget", "512",
                        "embedding.cache-bytes", "0",
                        "embedding.model-directory", System.getProperty("gcpo.model.directory")))));
    RunningServer server = Bootstrap.start(ServerModules.inProcess(config, NAME));
    ManagedChannel channel = InProcessChannelBuilder.forName(NAME).build();
    try (AdvantageClient client = AdvantageClient.over(channel, Duration.ofSeconds(60))) {
      Limits limits = client.info().getLimits();
      assertThat(limits.getMaxDeadline()).isEqualTo(Durations.fromDays(1));
      assertThat(limits.getAdmissibleBytes()).isEqualTo(Long.MAX_VALUE / 2);
      assertThat(limits.hasConnection()).isFalse();

      long begin = System.nanoTime();
      RolloutGroup group =
          Groups.group(
              "a",
              Groups.rollout("one two three ".repeat(2_000), 1),
              Groups.rollout("four five six ".repeat(2_000), 0));
      assertThat(client.compute(Groups.request(group)).getResults(0).hasAdvantages()).isTrue();
      assertThat(System.nanoTime() - begin).isGreaterThan(Duration.ofMillis(100).toNanos());
    } finally {
      channel.shutdownNow();
      server.close();
    }
  }
}
