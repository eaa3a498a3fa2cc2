// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.client.AdvantageClient;
import io.gcpo.advantage.server.testing.Examples;
import io.gcpo.advantage.server.testing.HealthWatch;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.grpc.ManagedChannel;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.NettyChannelBuilder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The real process under load and a real signal. */
@Timeout(120)
class SigtermTest {
  private static final int CALLS = 12;

  @TempDir private Path folder;

  @Test
  void sigterm_underLoad_isSaidByHealthAnswersWhatIsInFlightAndExitsWithZero() throws Exception {
    ServerProcess server = ServerProcess.start(folder, List.of());
    Process process = server.process();
    ManagedChannel channel = NettyChannelBuilder.forTarget(server.target()).usePlaintext().build();
    try (server;
        AdvantageClient client = AdvantageClient.connect(server.target())) {
      HealthWatch health = HealthWatch.over(channel);
      assertThat(health.next()).isEqualTo(ServingStatus.SERVING);
      ComputeAdvantagesRequest request =
          ComputeAdvantagesRequest.newBuilder().addAllGroups(Examples.all()).build();
      ComputeAdvantagesResponse expected = client.compute(request);
      List<CompletableFuture<ComputeAdvantagesResponse>> inFlight = new ArrayList<>();
      for (int i = 0; i < CALLS; i++) {
        inFlight.add(client.computeAsync(request));
      }
      inFlight.get(0).get(60, TimeUnit.SECONDS);

      process.destroy();

      assertThat(health.next()).isEqualTo(ServingStatus.NOT_SERVING);
      // Impatience changes nothing.
      process.destroy();
      for (CompletableFuture<ComputeAdvantagesResponse> call : inFlight) {
        assertThat(call.get(60, TimeUnit.SECONDS).getResultsList())
            .isEqualTo(expected.getResultsList());
      }
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(Files.readString(server.log())).isZero();
    } finally {
      channel.shutdownNow();
    }
  }
}
