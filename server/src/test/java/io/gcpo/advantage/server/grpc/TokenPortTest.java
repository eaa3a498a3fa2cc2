// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import static io.gcpo.advantage.server.testing.Groups.request;
import static io.gcpo.advantage.server.testing.Groups.sound;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gcpo.advantage.client.AdvantageClient;
import io.gcpo.advantage.client.AdvantageClientOptions;
import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.server.auth.TokenHash;
import io.gcpo.advantage.server.testing.CapturedLog;
import io.gcpo.advantage.server.testing.FakeEmbedder;
import io.gcpo.advantage.server.testing.TestCertificate;
import io.gcpo.advantage.v1.GetServerInfoRequest;
import io.gcpo.advantage.v1.InfoServiceGrpc;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.TlsChannelCredentials;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.MetadataUtils;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is answered on a real port that asks for tokens, in plain text and over TLS. */
@Timeout(120)
class TokenPortTest {
  private static final String OF_FILE = "gcpo_canary-of-the-file";
  private static final String OF_SETTING = "gcpo_canary-of-the-setting";
  private static final String WRONG = "gcpo_canary-wrong";

  @TempDir private static Path folder;
  private static TestCertificate localhost;

  @BeforeAll
  static void makeCertificate() throws Exception {
    localhost = TestCertificate.make(folder, "localhost", "EC");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void call_rightToken_isAnswered_othersSayWhyTheyAreNot(boolean tls) throws Exception {
    try (CapturedLog log = CapturedLog.open();
        TestServer server = serve(tls)) {
      ManagedChannel channel = channel(server, tls);
      try {
        assertAnswered(channel, "Bearer " + OF_FILE);
        assertAnswered(channel, "bearer " + OF_SETTING);
        assertRefused(channel, "TOKEN_MISSING");
        assertRefused(channel, "TOKEN_INVALID", "Bearer " + WRONG);
        assertRefused(channel, "TOKEN_MALFORMED", "Bearer");
        assertRefused(channel, "TOKEN_MALFORMED", "~%;= \\\"" + WRONG);
        assertRefused(channel, "TOKEN_MALFORMED", "Basic " + OF_FILE);
        assertRefused(channel, "TOKEN_MALFORMED", "Bearer " + OF_FILE, "Bearer " + WRONG);
        assertRefused(channel, "TOKEN_MALFORMED", "Bearer " + WRONG.repeat(100));
        assertNotOk(channel, "Bearer " + WRONG.repeat(6_000));
        assertAnswered(channel, "Bearer " + OF_FILE);
        assertHealthIsOpen(channel);
      } finally {
        channel.shutdownNow();
      }
      String metrics = server.instance(PrometheusMeterRegistry.class).scrape();
      assertThat(metrics)
          .contains(
              "gcpo_auth_failures_total{reason=\"TOKEN_MISSING\"} 1.0",
              "gcpo_auth_failures_total{reason=\"TOKEN_INVALID\"} 1.0",
              "gcpo_auth_failures_total{reason=\"TOKEN_MALFORMED\"} 5.0");
      assertThat(log.lines()).anyMatch(line -> line.contains("calls refused for their token"));
      assertThat(String.join("\n", log.lines()) + metrics).doesNotContain("canary");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void ourClient_wrongToken_isRefusedOnceAndNotTriedAgain(boolean tls) throws Exception {
    try (TestServer server = serve(tls)) {
      try (AdvantageClient client = connect(server, tls, OF_FILE)) {
        assertThat(client.compute(request(sound("a"))).getResultsCount()).isEqualTo(1);
      }
      try (AdvantageClient client = connect(server, tls, WRONG)) {
        assertThatExceptionOfType(StatusRuntimeException.class)
            .isThrownBy(() -> client.compute(request(sound("a"))))
            .satisfies(
                refused -> {
                  assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
                  assertThat(Refusals.reason(StatusProto.fromThrowable(refused)))
                      .isEqualTo("TOKEN_INVALID");
                });
      }
      assertThat(server.instance(PrometheusMeterRegistry.class).scrape())
          .contains("gcpo_auth_failures_total{reason=\"TOKEN_INVALID\"} 1.0");
    }
  }

  private static TestServer serve(boolean tls) throws Exception {
    Map<String, String> settings = new HashMap<>();
    Path file =
        Files.writeString(folder.resolve("tokens"), TokenHash.of("trainer", OF_FILE).line());
    settings.put("grpc.auth.tokens-file", file.toString());
    settings.put("grpc.auth.tokens", TokenHash.of("evaluation", OF_SETTING).line());
    if (tls) {
      settings.put("grpc.tls.certificate-chain", localhost.certificate().toString());
      settings.put("grpc.tls.private-key", localhost.key().toString());
    }
    return TestServer.with(new FakeEmbedder(), settings);
  }

  private static ManagedChannel channel(TestServer server, boolean tls) throws Exception {
    return Grpc.newChannelBuilder(
            "localhost:" + server.port(),
            tls
                ? TlsChannelCredentials.newBuilder()
                    .trustManager(localhost.certificate().toFile())
                    .build()
                : InsecureChannelCredentials.create())
        .build();
  }

  private static AdvantageClient connect(TestServer server, boolean tls, String token) {
    AdvantageClientOptions.Builder options =
        AdvantageClientOptions.builder("localhost:" + server.port()).token(token);
    return AdvantageClient.connect(
        (tls ? options.trustRoots(localhost.certificate()) : options).build());
  }

  private static void assertAnswered(ManagedChannel channel, String... authorization) {
    assertThat(call(channel, authorization)).isNull();
  }

  private static void assertRefused(ManagedChannel channel, String reason, String... values) {
    StatusRuntimeException refused = assertNotOk(channel, values);
    assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(Refusals.reason(StatusProto.fromThrowable(refused))).isEqualTo(reason);
  }

  /** What is too long for any header never reaches our code. */
  private static StatusRuntimeException assertNotOk(ManagedChannel channel, String... values) {
    StatusRuntimeException refused = call(channel, values);
    if (refused == null) {
      throw new AssertionError("answered");
    }
    assertThat(refused + String.valueOf(refused.getTrailers())).doesNotContain("canary");
    return refused;
  }

  private static @Nullable StatusRuntimeException call(
      ManagedChannel channel, String... authorization) {
    Metadata headers = new Metadata();
    for (String value : authorization) {
      headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), value);
    }
    try {
      InfoServiceGrpc.newBlockingStub(channel)
          .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
          .getServerInfo(GetServerInfoRequest.getDefaultInstance());
      return null;
    } catch (StatusRuntimeException refused) {
      return refused;
    }
  }

  private static void assertHealthIsOpen(ManagedChannel channel) {
    assertThat(
            HealthGrpc.newBlockingStub(channel)
                .check(HealthCheckRequest.getDefaultInstance())
                .getStatus())
        .isEqualTo(ServingStatus.SERVING);
  }
}
