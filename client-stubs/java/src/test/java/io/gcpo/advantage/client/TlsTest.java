// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import static io.gcpo.advantage.client.Failures.assertStatus;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.grpc.Metadata;
import io.grpc.ServerCredentials;
import io.grpc.Status;
import io.grpc.TlsServerCredentials;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TlsTest {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  @TempDir private static Path folder;
  private static TestCertificate localhost;
  private static TestCertificate other;

  @BeforeAll
  static void makeCertificates() throws Exception {
    localhost = TestCertificate.make(folder, "localhost");
    other = TestCertificate.make(folder, "other.example");
  }

  @Test
  void trustedServer_isAnsweredByAndGetsTheToken() throws Exception {
    try (FakeServer server = new FakeServer(tls(localhost));
        AdvantageClient client =
            AdvantageClient.connect(
                server.options().trustRoots(localhost.certificate()).token("secret").build())) {
      assertThat(client.compute(Answers.request()).getResultsCount()).isEqualTo(2);
      assertThat(server.headers)
          .isNotEmpty()
          .allSatisfy(headers -> assertThat(headers.get(AUTHORIZATION)).isEqualTo("Bearer secret"));
    }
  }

  @Test
  void token_inPlainTextOverLoopback_isSentWithEachCall() throws Exception {
    try (FakeServer server = new FakeServer();
        AdvantageClient client =
            AdvantageClient.connect(server.options().token("secret").build())) {
      client.info();
      assertThat(server.headers.element().get(AUTHORIZATION)).isEqualTo("Bearer secret");
    }
  }

  @Test
  void untrustedServer_isNotTalkedTo() throws Exception {
    try (FakeServer server = new FakeServer(tls(localhost))) {
      assertUnavailable(server.options().trustRoots(other.certificate()));
      assertUnavailable(server.options().tls());
      assertUnavailable(server.options());
      assertThat(server.headers).isEmpty();
    }
  }

  @Test
  void serverOfAnotherName_isTalkedToOnlyUnderThatName() throws Exception {
    try (FakeServer server = new FakeServer(tls(other))) {
      AdvantageClientOptions.Builder options = server.options().trustRoots(other.certificate());
      assertUnavailable(options);
      try (AdvantageClient client =
          AdvantageClient.connect(options.authority("other.example").build())) {
        assertThat(client.info().hasBuild()).isTrue();
      }
    }
  }

  @Test
  void mutualTls_clientWithACertificate_isTalkedTo() throws Exception {
    ServerCredentials mutual =
        TlsServerCredentials.newBuilder()
            .keyManager(localhost.certificate().toFile(), localhost.key().toFile())
            .trustManager(other.certificate().toFile())
            .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE)
            .build();
    try (FakeServer server = new FakeServer(mutual)) {
      AdvantageClientOptions.Builder options = server.options().trustRoots(localhost.certificate());
      assertUnavailable(options);
      options.clientCertificate(other.certificate(), other.key());
      try (AdvantageClient client = AdvantageClient.connect(options.build())) {
        assertThat(client.info().hasBuild()).isTrue();
      }
    }
  }

  @Test
  void missingFile_isReportedAtOnce() {
    AdvantageClientOptions options =
        AdvantageClientOptions.builder("localhost:1").trustRoots(folder.resolve("none")).build();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> AdvantageClient.connect(options))
        .withMessageContaining(folder.resolve("none").toString())
        .withMessageEndingWith("(expected: PEM files that can be read)");
  }

  @Test
  void fileThatIsNoPem_isReportedAtOnce() throws Exception {
    Path junk = Files.writeString(folder.resolve("junk"), "junk");
    AdvantageClientOptions.Builder options = AdvantageClientOptions.builder("localhost:1");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> AdvantageClient.connect(options.clientCertificate(junk, junk).build()));
  }

  private static ServerCredentials tls(TestCertificate certificate) throws Exception {
    return TlsServerCredentials.create(
        certificate.certificate().toFile(), certificate.key().toFile());
  }

  private static void assertUnavailable(AdvantageClientOptions.Builder options) {
    try (AdvantageClient client =
        AdvantageClient.connect(options.retryPolicy(RetryPolicy.NONE).build())) {
      assertStatus(Status.Code.UNAVAILABLE, client::info);
    }
  }
}
