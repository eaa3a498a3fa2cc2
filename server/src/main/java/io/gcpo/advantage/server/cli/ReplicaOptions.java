// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli;

import io.gcpo.advantage.client.AdvantageClient;
import io.gcpo.advantage.client.AdvantageClientOptions;
import io.gcpo.advantage.client.RetryPolicy;
import io.gcpo.advantage.v1.GetServerInfoResponse;
import io.grpc.ClientInterceptor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say which servers are put under load, and how they are called. */
final class ReplicaOptions {
  @Option(
      names = "--target",
      required = true,
      paramLabel = "HOST:PORT",
      split = ",",
      description = "The server; several with commas take calls in turn.")
  private List<String> targets = new ArrayList<>();

  @Mixin private TlsOptions tls = new TlsOptions();

  @Mixin private TokenOptions token = new TokenOptions();

  @Option(
      names = "--deadline",
      paramLabel = "TIME",
      defaultValue = "60s",
      converter = DurationConverter.class,
      description = "For one call. Default: ${DEFAULT-VALUE}.")
  private Duration deadline = Duration.ZERO;

  @Option(
      names = "--connections",
      paramLabel = "N",
      defaultValue = "2",
      description = "To each server. Default: ${DEFAULT-VALUE}.")
  private int connections;

  @Option(
      names = "--retries",
      description = {
        "Repeat refused calls until the deadline, as trainers do. By default a refusal counts",
        "as a failure."
      })
  private boolean retries;

  ReplicaOptions() {}

  Duration deadline() {
    return deadline;
  }

  /** A client for each server, connected at its first call. */
  List<AdvantageClient> connect(ClientInterceptor interceptor) {
    return targets.stream().map(target -> connect(target, interceptor)).toList();
  }

  /** One line for each server; fails if one cannot be reached. */
  List<String> describe(List<AdvantageClient> clients) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < clients.size(); i++) {
      GetServerInfoResponse info = clients.get(i).info();
      lines.add(
          "%s: gcpo-advantage %s (%s), %s by %s on %s"
              .formatted(
                  targets.get(i),
                  info.getBuild().getVersion(),
                  info.getBuild().getCommit(),
                  info.getModel().getName(),
                  info.getEngine().getName(),
                  info.getEngine().getDevice()));
    }
    return lines;
  }

  private AdvantageClient connect(String target, ClientInterceptor interceptor) {
    try {
      AdvantageClientOptions.Builder options =
          AdvantageClientOptions.builder(target)
              .deadline(deadline)
              .connections(connections)
              .retryPolicy(retries ? RetryPolicy.DEFAULT : RetryPolicy.NONE)
              .interceptor(interceptor);
      tls.applyTo(options);
      token.applyTo(options);
      return AdvantageClient.connect(options.build());
    } catch (IllegalArgumentException unusable) {
      throw new InputException("--" + unusable.getMessage(), unusable);
    }
  }
}
