// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import static io.gcpo.advantage.server.testing.Groups.request;
import static io.gcpo.advantage.server.testing.Groups.sound;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.server.testing.FakeEmbedder;
import io.gcpo.advantage.server.testing.RawHttp2;
import io.gcpo.advantage.server.testing.RawHttp2.Frame;
import io.gcpo.advantage.v1.AdvantageServiceGrpc;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What one connection may do before it is cut off, and that the others do not notice. */
@Timeout(120)
class ConnectionLimitsTest {
  private static final String COMPUTE =
      AdvantageServiceGrpc.getComputeAdvantagesMethod().getFullMethodName();

  private final FakeEmbedder embedder = new FakeEmbedder();

  @Test
  void resetsWithoutEnd_closeTheConnectionAndNoOther() throws IOException {
    try (TestServer server = server("grpc.connection.max-resets", "50");
        RawHttp2 attacker = new RawHttp2(server.port())) {
      for (int call = 0; call < 60; call++) {
        attacker.open(2 * call + 1, COMPUTE);
        attacker.reset(2 * call + 1);
      }

      Frame end = attacker.await(RawHttp2.GOAWAY);

      assertThat(end.errorCode()).isEqualTo(RawHttp2.ENHANCE_YOUR_CALM);
      assertAnswers(server);
    }
  }

  @Test
  void callsOverTheLimitOfAConnection_areRefusedEvenBeforeSettingsAreAcknowledged()
      throws IOException {
    try (TestServer server = server("grpc.connection.max-calls", "4");
        RawHttp2 attacker = new RawHttp2(server.port())) {
      for (int call = 0; call < 10; call++) {
        attacker.open(2 * call + 1, COMPUTE);
      }

      Frame refused = attacker.await(RawHttp2.RST_STREAM);

      assertThat(refused.stream()).isGreaterThan(7);
      assertAnswers(server);
    }
  }

  @Test
  void silentConnection_isClosed() throws IOException {
    try (TestServer server = server("grpc.connection.handshake-timeout", "200ms");
        Socket silent = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      silent.setSoTimeout(30_000);

      while (silent.getInputStream().read() >= 0) {
        // The server's own settings, until it hangs up.
      }

      assertAnswers(server);
    }
  }

  @Test
  void connectionWithoutCalls_isTold() throws IOException {
    try (TestServer server = server("grpc.connection.max-idle", "300ms");
        RawHttp2 idle = new RawHttp2(server.port())) {
      assertThat(idle.await(RawHttp2.GOAWAY).errorCode()).isZero();
    }
  }

  @Test
  void compressedMessage_isRefusedUnread() {
    try (TestServer server = server("grpc.threads", "4")) {
      assertThatThrownBy(
              () ->
                  AdvantageServiceGrpc.newBlockingStub(server.channel())
                      .withCompression("gzip")
                      .computeAdvantages(request(sound("a"))))
          .isInstanceOf(StatusRuntimeException.class)
          .hasMessageContaining("UNIMPLEMENTED");
      assertThat(embedder.calls()).isEmpty();
    }
  }

  @Test
  void hugeMetadata_isRefused() {
    try (TestServer server = server("grpc.connection.max-metadata-bytes", "2048")) {
      Metadata headers = new Metadata();
      headers.put(Metadata.Key.of("x-long", Metadata.ASCII_STRING_MARSHALLER), "x".repeat(5_000));

      assertThatThrownBy(
              () ->
                  AdvantageServiceGrpc.newBlockingStub(server.channel())
                      .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                      .computeAdvantages(request(sound("a"))))
          .isInstanceOf(StatusRuntimeException.class);
      assertThat(embedder.calls()).isEmpty();
      assertAnswers(server);
    }
  }

  private TestServer server(String key, String value) {
    return TestServer.with(embedder, Map.of(key, value));
  }

  private static void assertAnswers(TestServer server) {
    assertThat(server.client().compute(request(sound("victim"))).getResults(0).hasAdvantages())
        .isTrue();
  }
}
