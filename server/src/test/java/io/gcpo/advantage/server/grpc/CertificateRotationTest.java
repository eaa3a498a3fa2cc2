// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.client.AdvantageClient;
import io.gcpo.advantage.client.AdvantageClientOptions;
import io.gcpo.advantage.client.RetryPolicy;
import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.server.reload.Reloader;
import io.gcpo.advantage.server.testing.FakeEmbedder;
import io.gcpo.advantage.server.testing.Handshake;
import io.gcpo.advantage.server.testing.TestCertificate;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Files are replaced under a server that answers calls; looking at them again is the test's. */
@Timeout(180)
class CertificateRotationTest {
  private static final int ROUNDS = 10;

  @TempDir private static Path folder;
  private static TestCertificate first;
  private static TestCertificate second;

  private Path chain;
  private Path key;

  @BeforeAll
  static void makeCertificates() throws Exception {
    first = TestCertificate.make(folder.resolve("1"), "localhost", "EC");
    second = TestCertificate.make(folder.resolve("2"), "localhost", "RSA");
  }

  @BeforeEach
  void install() throws Exception {
    chain = folder.resolve("tls.crt");
    key = folder.resolve("tls.key");
    replace(chain, Files.readString(first.certificate()));
    replace(key, Files.readString(first.key()));
  }

  @Test
  void rotation_isShownToNewConnectionsOnceTheFilesFit_andStandingOnesGoOn() throws Exception {
    try (TestServer server = serve(Map.of());
        AdvantageClient kept = connect(server, first.certificate())) {
      assertThat(kept.info().hasBuild()).isTrue();
      for (int round = 0; round < ROUNDS; round++) {
        boolean toSecond = round % 2 == 0;
        TestCertificate current = toSecond ? first : second;
        TestCertificate next = toSecond ? second : first;
        replace(
            toSecond ? chain : key, Files.readString(toSecond ? next.certificate() : next.key()));
        assertShown(server, current);
        replace(key, round % 3 == 0 ? "" : "garbage");
        assertShown(server, current);
        replace(key, Files.readString(next.key()));
        replace(chain, Files.readString(next.certificate()));
        assertShown(server, next);
        assertThat(kept.info().hasBuild()).isTrue();
      }
      assertThat(reloads(server, "taken")).isEqualTo(ROUNDS);
      assertThat(reloads(server, "refused")).isEqualTo(2 * ROUNDS);
    }
  }

  private static void assertShown(TestServer server, TestCertificate expected) throws Exception {
    server.instance(Reloader.class).check();
    X509Certificate shown = Handshake.with(server.port(), expected, "TLSv1.3").certificate();
    assertThat(shown).isEqualTo(expected.parsed());
  }

  private static double reloads(TestServer server, String outcome) {
    return server
        .instance(MeterRegistry.class)
        .get("gcpo_credential_reloads_total")
        .tags("credential", "identity", "outcome", outcome)
        .counter()
        .count();
  }

  private TestServer serve(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("grpc.tls.certificate-chain", chain.toString());
    settings.put("grpc.tls.private-key", key.toString());
    settings.put("grpc.reload-interval", "1h");
    return TestServer.with(new FakeEmbedder(), settings);
  }

  private static AdvantageClient connect(TestServer server, Path roots) {
    return AdvantageClient.connect(
        AdvantageClientOptions.builder("localhost:" + server.port())
            .trustRoots(roots)
            .connections(1)
            .retryPolicy(RetryPolicy.NONE)
            .build());
  }

  private static void replace(Path file, String content) throws Exception {
    Path fresh = Files.writeString(folder.resolve("fresh"), content);
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
