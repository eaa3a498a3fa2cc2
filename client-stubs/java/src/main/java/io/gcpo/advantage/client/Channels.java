// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import io.grpc.ChannelCredentials;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Makes channels.
 *
 * <p>gRPC's own retries are off: they keep at most a buffer's worth of a request and silently send
 * anything larger only once; {@link RetryLoop} repeats requests of any size. Service configs from
 * DNS are ignored, they could bring other rules. Keep-alive finds a dead peer during a long call.
 */
final class Channels {
  private static final long KEEP_ALIVE_SECONDS = 60;
  private static final long KEEP_ALIVE_TIMEOUT_SECONDS = 20;
  private static final Map<String, ?> SERVICE_CONFIG =
      Map.of("loadBalancingConfig", List.of(Map.of("round_robin", Map.of())));

  private Channels() {}

  /** As many as the options say; they connect at their first calls. */
  static Connections open(AdvantageClientOptions options) {
    TlsFiles tls = options.tls();
    ChannelCredentials credentials =
        tls == null ? InsecureChannelCredentials.create() : tls.credentials();
    CallsInFlight calls = new CallsInFlight();
    return Connections.owning(
        Stream.generate(() -> open(options, credentials, calls))
            .limit(options.connections())
            .toList(),
        calls);
  }

  private static ManagedChannel open(
      AdvantageClientOptions options, ChannelCredentials credentials, CallsInFlight calls) {
    ManagedChannelBuilder<?> builder =
        Grpc.newChannelBuilder(options.target(), credentials)
            .disableServiceConfigLookUp()
            .defaultServiceConfig(SERVICE_CONFIG)
            .disableRetry()
            .keepAliveTime(KEEP_ALIVE_SECONDS, TimeUnit.SECONDS)
            .keepAliveTimeout(KEEP_ALIVE_TIMEOUT_SECONDS, TimeUnit.SECONDS)
            .maxInboundMessageSize(options.maxMessageBytes())
            .intercept(calls);
    if (options.authority() != null) {
      builder.overrideAuthority(options.authority());
    }
    if (options.token() != null) {
      builder.intercept(options.token().interceptor());
    }
    // gRPC asks the one added last first.
    for (int i = options.interceptors().size() - 1; i >= 0; i--) {
      builder.intercept(options.interceptors().get(i));
    }
    return builder.build();
  }
}
