// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gcpo.advantage.server.ServerConfig;
import io.gcpo.advantage.server.config.ConfigSource;
import io.gcpo.advantage.server.config.InvalidConfigException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecurityConfigTest {
  private static final Map<String, String> TLS =
      Map.of("grpc.tls.certificate-chain", "a.crt", "grpc.tls.private-key", "a.key");

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.1.2.3", "::1", "localhost"})
  void host_loopback_needsNothing(String host) {
    SecurityConfig config = read(Map.of("grpc.host", host));
    assertThat(config.host()).isEqualTo(host);
    assertThat(config.tls().isOn()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.7", "trainer.example", "localhost.example"})
  void host_thatOthersReach_isRefusedUnlessGuardedOrTold(String host) {
    Map<String, String> plain = Map.of("grpc.host", host);
    assertThatExceptionOfType(InvalidConfigException.class)
        .isThrownBy(() -> read(plain))
        .satisfies(
            refused ->
                assertThat(refused.problems())
                    .containsExactly(
                        "grpc.host: "
                            + host
                            + " would be reached by everybody, in plain text (expected: a"
                            + " loopback address; or grpc.tls.certificate-chain and"
                            + " grpc.tls.private-key; or grpc.insecure=true where the network is"
                            + " trusted), from command line"));

    assertThat(read(with(plain, "grpc.insecure", "true")).insecure()).isTrue();
    assertThat(read(with(TLS, "grpc.host", host)).tls().isOn()).isTrue();
  }

  @Test
  void tls_halfOfIt_isRefused() {
    assertRefused(
        Map.of("grpc.tls.certificate-chain", "a.crt"),
        "grpc.tls.private-key: none (expected: a file, as grpc.tls.certificate-chain is set)");
    assertRefused(
        Map.of("grpc.tls.private-key", "a.key"),
        "grpc.tls.certificate-chain: none (expected: a file, as grpc.tls.private-key is set)");
    assertRefused(
        Map.of("grpc.tls.client-ca", "ca.crt"),
        "grpc.tls.client-ca: set (expected: only with grpc.tls.certificate-chain)");
  }

  @Test
  void values_outOfRange_areRefused() {
    assertRefused(
        Map.of("grpc.tls.minimum-version", "1.1"),
        "grpc.tls.minimum-version: 1.1 (expected: 1.2 or 1.3)");
    assertRefused(
        Map.of("grpc.tls.client-certificates", "maybe"),
        "grpc.tls.client-certificates: maybe (expected: one of required, optional)");
    assertRefused(
        Map.of("grpc.reload-interval", "1ms"),
        "grpc.reload-interval: PT0.001S (expected: 100ms to 24h)");
  }

  private static void assertRefused(Map<String, String> settings, String problem) {
    assertThatExceptionOfType(InvalidConfigException.class)
        .isThrownBy(() -> read(settings))
        .satisfies(refused -> assertThat(refused.problems()).anyMatch(p -> p.startsWith(problem)));
  }

  private static SecurityConfig read(Map<String, String> settings) {
    return ServerConfig.read(List.of(ConfigSource.flags(settings))).security();
  }

  private static Map<String, String> with(Map<String, String> some, String key, String value) {
    Map<String, String> all = new HashMap<>(some);
    all.put(key, value);
    return all;
  }
}
