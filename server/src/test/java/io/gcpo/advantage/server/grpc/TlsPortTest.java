// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gcpo.advantage.client.AdvantageClient;
import io.gcpo.advantage.client.AdvantageClientOptions;
import io.gcpo.advantage.client.RetryPolicy;
import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.server.bootstrap.StartupException;
import io.gcpo.advantage.server.testing.FakeEmbedder;
import io.gcpo.advantage.server.testing.Handshake;
import io.gcpo.advantage.server.testing.TestCertificate;
import io.gcpo.advantage.v1.GetServerInfoRequest;
import io.gcpo.advantage.v1.InfoServiceGrpc;
import io.grpc.Grpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.util.AdvancedTlsX509KeyManager;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TlsPortTest {
  @TempDir private static Path folder;
  private static TestCertificate localhost;
  private static TestCertificate known;
  private static TestCertificate stranger;

  @BeforeAll
  static void makeCertificates() throws Exception {
    localhost = TestCertificate.make(folder, "localhost", "RSA");
    known = TestCertificate.make(folder, "known.example", "EC");
    stranger = TestCertificate.make(folder, "stranger.example", "EC");
  }

  @Test
  void client_thatTrustsTheServer_isAnswered_plainTextIsNot() {
    try (TestServer server = serve(Map.of())) {
      assertAnswered(options(server));
      assertNotAnswered(AdvantageClientOptions.builder(target(server)));
      assertNotAnswered(
          AdvantageClientOptions.builder(target(server)).trustRoots(stranger.certificate()));
      assertAnswered(options(server));
    }
  }

  @Test
  void protocol_older_isRefusedUnlessAllowed() throws Exception {
    try (TestServer server = serve(Map.of())) {
      assertThat(Handshake.with(server.port(), localhost, "TLSv1.3").certificate())
          .isEqualTo(localhost.parsed());
      assertThatExceptionOfType(SSLException.class)
          .isThrownBy(() -> Handshake.with(server.port(), localhost, "TLSv1.2"));
    }
    try (TestServer server = serve(Map.of("grpc.tls.minimum-version", "1.2"))) {
      assertThat(Handshake.with(server.port(), localhost, "TLSv1.3").protocol())
          .isEqualTo("TLSv1.3");
      assertThat(Handshake.with(server.port(), localhost, "TLSv1.2").protocol())
          .isEqualTo("TLSv1.2");
    }
  }

  @Test
  void clientCertificate_required_onlyKnownOnesAreAnswered() throws Exception {
    try (TestServer server = serve(clientCa(Map.of()))) {
      assertAnswered(options(server).clientCertificate(known.certificate(), known.key()));
      assertNotAnswered(options(server));
      assertStrangerIsRefused(server);
    }
  }

  @Test
  void clientCertificate_optional_noneIsAnsweredAndAStrangersIsNot() throws Exception {
    Map<String, String> optional = Map.of("grpc.tls.client-certificates", "optional");
    try (TestServer server = serve(clientCa(optional))) {
      assertAnswered(options(server));
      assertAnswered(options(server).clientCertificate(known.certificate(), known.key()));
      assertStrangerIsRefused(server);
    }
  }

  @Test
  void start_filesThatCannotBeUsed_isRefusedNamingThem() {
    assertNoStart(
        Map.of("grpc.tls.private-key", known.key().toString()),
        "grpc.tls.private-key: %s is not the key of the first certificate in %s (expected: a pair)"
            .formatted(known.key(), localhost.certificate()));
    Path none = folder.resolve("none");
    assertNoStart(
        Map.of("grpc.tls.certificate-chain", none.toString()),
        "grpc.tls.certificate-chain: %s cannot be read, NoSuchFileException (expected: a file that can)"
            .formatted(none));
    assertNoStart(
        Map.of("grpc.tls.client-ca", localhost.key().toString()),
        "grpc.tls.client-ca: %s ".formatted(localhost.key()));
  }

  private static void assertNoStart(Map<String, String> settings, String problem) {
    assertThatExceptionOfType(StartupException.class)
        .isThrownBy(() -> serve(settings).close())
        .withMessageStartingWith("start of GrpcServer: " + problem);
  }

  private static TestServer serve(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>();
    settings.put("grpc.tls.certificate-chain", localhost.certificate().toString());
    settings.put("grpc.tls.private-key", localhost.key().toString());
    settings.putAll(more);
    return TestServer.with(new FakeEmbedder(), settings);
  }

  private static Map<String, String> clientCa(Map<String, String> more) {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("grpc.tls.client-ca", known.certificate().toString());
    return settings;
  }

  private static AdvantageClientOptions.Builder options(TestServer server) {
    return AdvantageClientOptions.builder(target(server)).trustRoots(localhost.certificate());
  }

  private static String target(TestServer server) {
    return "localhost:" + server.port();
  }

  private static void assertAnswered(AdvantageClientOptions.Builder options) {
    try (AdvantageClient client = connect(options)) {
      assertThat(client.info().hasBuild()).isTrue();
    }
  }

  private static void assertNotAnswered(AdvantageClientOptions.Builder options) {
    try (AdvantageClient client = connect(options)) {
      assertUnavailable(client::info);
    }
  }

  private static void assertUnavailable(ThrowingCallable call) {
    assertThatExceptionOfType(StatusRuntimeException.class)
        .isThrownBy(call)
        .satisfies(e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));
  }

  /**
   * Shows its certificate even though the server did not name its authority among those it takes.
   */
  private static void assertStrangerIsRefused(TestServer server) throws Exception {
    AdvancedTlsX509KeyManager insisting = new AdvancedTlsX509KeyManager();
    insisting.updateIdentityCredentials(stranger.certificate().toFile(), stranger.key().toFile());
    ManagedChannel channel =
        Grpc.newChannelBuilder(
                target(server),
                TlsChannelCredentials.newBuilder()
                    .trustManager(localhost.certificate().toFile())
                    .keyManager(insisting)
                    .build())
            .build();
    try {
      InfoServiceGrpc.InfoServiceBlockingStub info = InfoServiceGrpc.newBlockingStub(channel);
      assertUnavailable(() -> info.getServerInfo(GetServerInfoRequest.getDefaultInstance()));
    } finally {
      channel.shutdownNow();
    }
  }

  private static AdvantageClient connect(AdvantageClientOptions.Builder options) {
    return AdvantageClient.connect(
        options.retryPolicy(RetryPolicy.NONE).deadline(Duration.ofSeconds(20)).build());
  }
}
