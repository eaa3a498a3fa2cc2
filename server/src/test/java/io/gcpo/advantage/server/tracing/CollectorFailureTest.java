// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.tracing;

import static io.gcpo.advantage.server.testing.Groups.request;
import static io.gcpo.advantage.server.testing.Groups.sound;
import static org.assertj.core.api.Assertions.assertThat;

import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.server.testing.Await;
import io.gcpo.advantage.server.testing.FakeEmbedder;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.GroupResult;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A collector that is gone, or does not answer, costs spans and nothing else. */
@Timeout(300)
class CollectorFailureTest {
  private static final ComputeAdvantagesRequest REQUEST = request(sound("a"), sound("b"));

  @Test
  void collector_isNotThere_callsAreAnsweredTheSameAndSpansCountedAsFailed() throws Exception {
    int closedPort;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closedPort = socket.getLocalPort();
    }
    List<GroupResult> expected = answers(Map.of());
    try (TestServer server = traced("http://127.0.0.1:" + closedPort, "1000")) {
      assertThat(server.client().compute(REQUEST).getResultsList()).isEqualTo(expected);
      Await.until(() -> spans(server, "failed") > 0);
      assertThat(server.client().compute(REQUEST).getResultsList()).isEqualTo(expected);
    }
  }

  @Test
  void collector_hangs_callsAreAnsweredAndSpansDroppedAndTheServerStops() throws Exception {
    List<GroupResult> expected = answers(Map.of());
    try (TestCollector collector = TestCollector.hanging()) {
      TestServer server = traced(collector.url(), "3");
      for (int i = 0; i < 20; i++) {
        assertThat(server.client().compute(REQUEST).getResultsList()).isEqualTo(expected);
      }
      Await.until(() -> spans(server, "dropped") > 0);

      long begin = System.nanoTime();
      server.close();

      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
      assertThat(collector.spans()).isEmpty();
    }
  }

  private static List<GroupResult> answers(Map<String, String> settings) {
    try (TestServer server = TestServer.with(new FakeEmbedder(), settings)) {
      return server.client().compute(REQUEST).getResultsList();
    }
  }

  private static TestServer traced(String url, String maxQueuedSpans) {
    return TestServer.with(
        new FakeEmbedder(),
        Map.of("tracing.otlp-endpoint", url, "tracing.max-queued-spans", maxQueuedSpans));
  }

  private static double spans(TestServer server, String outcome) {
    return server
        .instance(MeterRegistry.class)
        .get("gcpo_trace_spans_total")
        .tag("outcome", outcome)
        .counter()
        .count();
  }
}
