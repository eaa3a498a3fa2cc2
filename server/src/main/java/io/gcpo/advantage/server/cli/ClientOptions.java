// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli;

import io.gcpo.advantage.client.AdvantageClient;
import io.gcpo.advantage.client.AdvantageClientOptions;
import io.gcpo.advantage.client.RetryPolicy;
import io.gcpo.advantage.server.ServerConfig;
import io.gcpo.advantage.server.ServerModules;
import io.gcpo.advantage.server.bootstrap.Bootstrap;
import io.gcpo.advantage.server.bootstrap.RunningServer;
import io.grpc.ManagedChannel;
import io.grpc.inprocess.InProcessChannelBuilder;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say who computes: a server somewhere, or one inside this process. */
final class ClientOptions {
  private static final String IN_PROCESS = "gcpo-advantage-cli";

  /** People would rather hear in two seconds that nobody answers than wait for the deadline. */
  private static final int MAX_ATTEMPTS = 4;

  @Mixin private ConfigOptions config = new ConfigOptions();

  @Option(
      names = "--target",
      paramLabel = "HOST:PORT",
      description = "Ask this server; without it, compute in this process.")
  private @Nullable String target;

  @Mixin private TlsOptions tls = new TlsOptions();

  @Mixin private TokenOptions token = new TokenOptions();

  @Option(
      names = "--deadline",
      paramLabel = "SECONDS",
      defaultValue = "600",
      description = "For one request. Default: ${DEFAULT-VALUE}.")
  private int deadlineSeconds;

  ClientOptions() {}

  Session open() {
    Duration deadline = Duration.ofSeconds(deadlineSeconds);
    if (target != null) {
      AdvantageClient client = connect(target, deadline);
      return new Session(client, client::close);
    }
    ServerConfig settings = config.read(Map.of());
    RunningServer server = Bootstrap.start(ServerModules.inProcess(settings, IN_PROCESS));
    ManagedChannel channel =
        InProcessChannelBuilder.forName(IN_PROCESS)
            .maxInboundMessageSize(Integer.MAX_VALUE)
            .build();
    return new Session(
        AdvantageClient.over(channel, deadline),
        () -> {
          channel.shutdownNow();
          server.close();
        });
  }

  private AdvantageClient connect(String address, Duration deadline) {
    AdvantageClientOptions.Builder options =
        AdvantageClientOptions.builder(address)
            .deadline(deadline)
            .retryPolicy(RetryPolicy.DEFAULT.withMaxAttempts(MAX_ATTEMPTS));
    tls.applyTo(options);
    token.applyTo(options);
    try {
      return AdvantageClient.connect(options.build());
    } catch (IllegalArgumentException unusable) {
      throw new InputException(String.valueOf(unusable.getMessage()), unusable);
    }
  }

  /** A client and what it needs to be open for. */
  record Session(AdvantageClient client, Runnable closer) implements AutoCloseable {
    @Override
    public void close() {
      closer.run();
    }
  }
}
