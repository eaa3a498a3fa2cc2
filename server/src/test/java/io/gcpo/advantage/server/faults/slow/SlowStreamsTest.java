// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.slow;

import static io.gcpo.advantage.server.testing.Groups.sound;
import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.server.faults.report.FaultReport;
import io.gcpo.advantage.server.testing.Await;
import io.gcpo.advantage.server.testing.FakeEmbedder;
import io.gcpo.advantage.server.testing.RawHttp2;
import io.gcpo.advantage.v1.AdvantageServiceGrpc;
import io.gcpo.advantage.v1.StreamAdvantagesRequest;
import io.gcpo.advantage.v1.StreamHeader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streams whose other end takes its time. */
@Timeout(120)
class SlowStreamsTest {
  private static final String STREAM =
      AdvantageServiceGrpc.getStreamAdvantagesMethod().getFullMethodName();

  /** SETTINGS_INITIAL_WINDOW_SIZE, 4: no byte may come back. */
  private static final byte[] NO_WINDOW = {0, 4, 0, 0, 0, 0};

  private static final int GROUPS = 3_000;

  /** 64 in flight, and as many answers as fit into what gRPC keeps ready to send, 32 KiB. */
  private static final int MOST_COMPUTED = 400;

  private final FakeEmbedder embedder = new FakeEmbedder();

  @Test
  void readerThatNeverReads_isComputedNoMoreForThanABuffersWorth() throws Exception {
    FaultReport report = new FaultReport("slow-streams");
    try (TestServer server = TestServer.with(embedder, Map.of());
        RawHttp2 reader = new RawHttp2(server.port())) {
      reader.send(RawHttp2.SETTINGS, 0, 0, NO_WINDOW);
      // Only then may more than 64 KiB be sent.
      reader.await(RawHttp2.SETTINGS);
      reader.send(RawHttp2.SETTINGS, RawHttp2.ACK, 0, new byte[0]);
      reader.open(1, STREAM);
      send(reader, header());
      report.fault();
      CompletableFuture<Void> written =
          CompletableFuture.runAsync(
              () -> {
                try {
                  for (int i = 0; i < GROUPS; i++) {
                    send(reader, group(i));
                  }
                } catch (IOException closed) {
                  throw new UncheckedIOException(closed);
                }
              });
      Await.until(() -> written.isDone() && isQuiet());
      written.join();

      int computed = embedder.calls().size();

      report.figure("groups sent", GROUPS);
      report.figure("groups computed without anybody reading", computed);
      assertThat(computed).isBetween(64, MOST_COMPUTED);
      assertThat(server.client().info().hasBuild()).isTrue();
      report.answered();
      report.finish();
    }
  }

  @Test
  void writerThatTrickles_isEndedByTheAgeOfItsConnection() throws Exception {
    try (TestServer server =
            TestServer.with(
                embedder,
                Map.of(
                    "grpc.connection.max-age", "500ms", "grpc.connection.max-age-grace", "500ms"));
        RawHttp2 writer = new RawHttp2(server.port())) {
      writer.open(1, STREAM);
      writer.startMessage(1, 1_000);

      assertThat(writer.await(RawHttp2.GOAWAY).errorCode()).isZero();
      writer.awaitClosed();

      assertThat(server.client().info().hasBuild()).isTrue();
    }
  }

  private boolean isQuiet() {
    int before = embedder.calls().size();
    long end = System.nanoTime() + 300_000_000;
    while (System.nanoTime() < end) {
      if (embedder.calls().size() != before) {
        return false;
      }
      Thread.onSpinWait();
    }
    return true;
  }

  private static StreamAdvantagesRequest header() {
    return StreamAdvantagesRequest.newBuilder()
        .setHeader(StreamHeader.getDefaultInstance())
        .build();
  }

  private static StreamAdvantagesRequest group(int i) {
    return StreamAdvantagesRequest.newBuilder().setGroup(sound("group-" + i)).build();
  }

  private static void send(RawHttp2 client, StreamAdvantagesRequest message) throws IOException {
    byte[] bytes = message.toByteArray();
    client.send(
        RawHttp2.DATA,
        0,
        1,
        ByteBuffer.allocate(5 + bytes.length)
            .put((byte) 0)
            .putInt(bytes.length)
            .put(bytes)
            .array());
  }
}
