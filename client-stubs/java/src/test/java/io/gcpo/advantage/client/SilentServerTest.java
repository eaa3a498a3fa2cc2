// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import static io.gcpo.advantage.client.Failures.assertFails;
import static io.gcpo.advantage.client.Failures.assertStatus;
import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.v1.StreamHeader;
import io.grpc.Status;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that is stopped, not dead: it takes connections and never says a word. */
@Timeout(60)
class SilentServerTest {
  private ServerSocket socket;
  private AdvantageClient client;

  @BeforeEach
  void start() throws IOException {
    socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    client =
        AdvantageClient.connect(
            AdvantageClientOptions.builder("localhost:" + socket.getLocalPort())
                .deadline(Duration.ofMillis(300))
                .build());
  }

  @AfterEach
  void stop() throws IOException {
    client.close();
    socket.close();
  }

  @Test
  void compute_endsAtItsDeadline() {
    assertStatus(Status.Code.DEADLINE_EXCEEDED, () -> client.compute(Answers.request()));
  }

  /** Nothing was sent of the group: its call would never be ready, nor would the stream. */
  @Test
  void stream_groupsEndAtTheirDeadlineAndTheStreamIsReady() {
    try (AdvantageStream stream = client.stream(StreamHeader.getDefaultInstance())) {
      for (String id : new String[] {"a", "b"}) {
        assertFails(
            stream.send(Answers.group(id, "text")),
            Status.Code.DEADLINE_EXCEEDED,
            "group \"" + id + "\": no result within PT0.3S");
        assertThat(stream.ready()).succeedsWithin(Duration.ofSeconds(10));
      }
    }
  }
}
