// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import static io.gcpo.advantage.server.testing.Groups.request;
import static io.gcpo.advantage.server.testing.Groups.sound;
import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.server.grpc.admission.AdmissionBudgets;
import io.gcpo.advantage.server.grpc.admission.AdmissionInterceptor;
import io.gcpo.advantage.server.testing.Await;
import io.gcpo.advantage.server.testing.FakeEmbedder;
import io.gcpo.advantage.server.testing.RawHttp2;
import io.gcpo.advantage.v1.AdvantageServiceGrpc;
import io.grpc.health.v1.HealthGrpc;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bodies that are not what they seem: what is held for them, and that others get their turn. */
@Timeout(120)
class ArrivingBodyTest {
  private static final String COMPUTE =
      AdvantageServiceGrpc.getComputeAdvantagesMethod().getFullMethodName();
  private static final Map<String, String> ONE_MESSAGE =
      Map.of("limits.max-message-bytes", "65536", "admission.max-bytes", "1");

  private final FakeEmbedder embedder = new FakeEmbedder();

  @Test
  void moreThanWasDeclared_isCutOffBeforeItIsWhole() throws IOException {
    try (TestServer server = TestServer.with(embedder, Map.of());
        RawHttp2 liar = new RawHttp2(server.port())) {
      liar.send(RawHttp2.HEADERS, RawHttp2.END_HEADERS, 1, headersDeclaring("10"));
      liar.startMessage(1, 16_000_000);
      liar.send(RawHttp2.DATA, 0, 1, new byte[1_000]);

      assertThat(liar.await(RawHttp2.HEADERS).contains("gcpo-request-bytes: 10 (expected: at"))
          .isTrue();
      awaitHeld(server, 0);
    }
  }

  @Test
  void healthIsAskedInFewBytes_asWhoeverComesMayAsk() throws IOException {
    try (TestServer server = TestServer.with(embedder, Map.of());
        RawHttp2 stranger = new RawHttp2(server.port())) {
      acknowledgeWindow(stranger);
      stranger.open(1, HealthGrpc.getCheckMethod().getFullMethodName());
      stranger.startMessage(1, 16_000_000);
      for (int i = 0; i < 5; i++) {
        stranger.send(RawHttp2.DATA, 0, 1, new byte[16_384]);
      }

      assertThat(
              stranger
                  .await(RawHttp2.HEADERS)
                  .contains("Health/Check: too many bytes (expected: <= 65536)"))
          .isTrue();
    }
  }

  @Test
  void silentStream_keepsNobodyOut() throws IOException {
    try (TestServer server = TestServer.with(embedder, ONE_MESSAGE);
        RawHttp2 silent = new RawHttp2(server.port())) {
      silent.open(1, AdvantageServiceGrpc.getStreamAdvantagesMethod().getFullMethodName());
      // Its answer says that the stream before it is open too.
      silent.open(3, COMPUTE);
      silent.send(RawHttp2.DATA, RawHttp2.END_STREAM, 3, new byte[5]);

      assertThat(silent.await(RawHttp2.HEADERS).stream()).isEqualTo(3);
      assertAnswers(server);
    }
  }

  @Test
  void bodyThatStalls_holdsWhatHasComeOfIt() throws IOException {
    Map<String, String> oneMessageAndABit =
        Map.of("limits.max-message-bytes", "65536", "admission.max-bytes", "70000");
    try (TestServer server = TestServer.with(embedder, oneMessageAndABit);
        RawHttp2 slow = new RawHttp2(server.port())) {
      slow.open(1, COMPUTE);
      slow.startMessage(1, 60_000);
      slow.send(RawHttp2.DATA, 0, 1, new byte[100]);

      awaitHeld(server, 100);
      assertAnswers(server);
      awaitHeld(server, 100);
      slow.reset(1);
      awaitHeld(server, 0);
    }
  }

  /** From then on the server lets more than HTTP/2's 64 KiB come unasked. */
  private static void acknowledgeWindow(RawHttp2 client) throws IOException {
    client.await(RawHttp2.SETTINGS);
    client.send(RawHttp2.SETTINGS, RawHttp2.ACK, 0, new byte[0]);
  }

  private static byte[] headersDeclaring(String bytes) {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    block.writeBytes(RawHttp2.headers(COMPUTE));
    RawHttp2.literal(block, AdmissionInterceptor.REQUEST_BYTES.name(), bytes);
    return block.toByteArray();
  }

  private static void awaitHeld(TestServer server, long bytes) {
    Await.until(() -> server.instance(AdmissionBudgets.class).held() == bytes);
  }

  /** The largest message that there may be, as far as the server knows. */
  private static void assertAnswers(TestServer server) {
    assertThat(
            AdvantageServiceGrpc.newBlockingStub(server.channel())
                .withDeadlineAfter(30, TimeUnit.SECONDS)
                .computeAdvantages(request(sound("victim")))
                .getResultsCount())
        .isEqualTo(1);
  }
}
