// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.v1.StreamHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ConnectionsTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void next_callsTakeTheConnectionsInTurn(int connections) throws Exception {
    try (FakeServer server = new FakeServer();
        AdvantageClient client =
            AdvantageClient.connect(server.options().connections(connections).build())) {
      for (int i = 0; i < 6; i++) {
        client.info();
      }

      assertThat(server.peers).hasSize(connections);
    }
  }

  @Test
  void close_afterAllCallsHaveEnded_doesNotWait() throws Exception {
    try (FakeServer server = new FakeServer()) {
      AdvantageClient client = AdvantageClient.connect(server.target());
      AdvantageStream stream = client.stream(StreamHeader.getDefaultInstance());
      assertThat(stream.send(Answers.group("a", "text"))).isNotDone();
      server.service.streams.take();
      stream.cancel();

      long begin = System.nanoTime();
      client.close();

      // Five seconds are what calls in flight would have.
      assertThat(System.nanoTime() - begin).isLessThan(4_000_000_000L);
    }
  }
}
