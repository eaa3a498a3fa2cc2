// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import java.util.List;
import java.util.Map;

/**
 * Makes channels whose retries hold.
 *
 * <p>grpc-java keeps at most 1 MiB of a request (16 MiB over all calls) for retries and silently
 * sends anything larger only once, so both buffers are raised. Only UNAVAILABLE is retried: the
 * server sends it for overload and shutdown, before any work; a server's push-back is obeyed.
 * Service configs from DNS are ignored, they could switch the policy off.
 */
final class Channels {
  private static final Map<String, ?> RETRY_POLICY =
      Map.of(
          "maxAttempts",
          4.0,
          "initialBackoff",
          "0.2s",
          "maxBackoff",
          "5s",
          "backoffMultiplier",
          2.0,
          "retryableStatusCodes",
          List.of("UNAVAILABLE"));

  private static final Map<String, ?> SERVICE_CONFIG =
      Map.of(
          "loadBalancingConfig", List.of(Map.of("round_robin", Map.of())),
          "methodConfig", List.of(Map.of("name", List.of(Map.of()), "retryPolicy", RETRY_POLICY)),
          "retryThrottling", Map.of("maxTokens", 100.0, "tokenRatio", 0.1));

  private Channels() {}

  static ManagedChannel open(AdvantageClientOptions options) {
    return Grpc.newChannelBuilder(options.target(), InsecureChannelCredentials.create())
        .disableServiceConfigLookUp()
        .defaultServiceConfig(SERVICE_CONFIG)
        .enableRetry()
        .perRpcBufferLimit(options.callRetryBytes())
        .retryBufferSize(options.totalRetryBytes())
        .maxInboundMessageSize(options.maxMessageBytes())
        .build();
  }
}
