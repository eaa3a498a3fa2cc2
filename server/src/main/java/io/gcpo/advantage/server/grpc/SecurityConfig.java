// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import com.google.common.net.InetAddresses;
import io.gcpo.advantage.server.auth.AuthConfig;
import io.gcpo.advantage.server.config.ConfigProblems;
import io.gcpo.advantage.server.config.ConfigReader;
import io.gcpo.advantage.server.grpc.tls.TlsConfig;
import java.time.Duration;

/**
 * Who can reach the gRPC port, and what guards it.
 *
 * @param host the address to bind, {@code grpc.host}
 * @param insecure whether another address than loopback may be bound without TLS
 * @param tls of the port
 * @param auth whose calls are taken
 * @param reloadInterval how often files are looked at again, 100 ms to 1 d
 */
public record SecurityConfig(
    String host, boolean insecure, TlsConfig tls, AuthConfig auth, Duration reloadInterval) {
  private static final Duration MIN_INTERVAL = Duration.ofMillis(100);
  private static final Duration MAX_INTERVAL = Duration.ofDays(1);

  public SecurityConfig {
    new ConfigProblems()
        .require(
            tls.isOn() || insecure || isLoopback(host),
            "grpc.host: %s would be reached by everybody, in plain text (expected: a loopback"
                + " address; or grpc.tls.certificate-chain and grpc.tls.private-key; or"
                + " grpc.insecure=true where the network is trusted)",
            host)
        .require(
            reloadInterval.compareTo(MIN_INTERVAL) >= 0
                && reloadInterval.compareTo(MAX_INTERVAL) <= 0,
            "grpc.reload-interval: %s (expected: 100ms to 24h)",
            reloadInterval)
        .throwIfAny();
  }

  /** Keys {@code grpc.*} of security. */
  public static SecurityConfig read(ConfigReader reader) {
    return new SecurityConfig(
        reader.string("grpc.host", GrpcConfig.DEFAULTS.host()),
        reader.flag("grpc.insecure", false),
        TlsConfig.read(reader),
        AuthConfig.read(reader),
        reader.duration("grpc.reload-interval", Duration.ofSeconds(5)));
  }

  /** Whether tokens travel where others may read them. */
  boolean exposesTokens() {
    return auth.isOn() && !tls.isOn() && !isLoopback(host);
  }

  /** Looks nothing up: a name may change its mind. */
  private static boolean isLoopback(String host) {
    return host.equals("localhost")
        || (InetAddresses.isInetAddress(host) && InetAddresses.forString(host).isLoopbackAddress());
  }
}
