// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.tracing;

import static io.gcpo.advantage.server.testing.Groups.request;
import static io.gcpo.advantage.server.testing.Groups.sound;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.server.auth.TokenHash;
import io.gcpo.advantage.server.testing.FakeEmbedder;
import io.gcpo.advantage.v1.AdvantageServiceGrpc;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who has no token cannot fill the queue of spans. */
@Timeout(60)
class TracesOfNobodyTest {
  private static final String CALL = "gcpo.advantage.v1.AdvantageService/ComputeAdvantages";

  @Test
  void callsWithoutToken_leaveNoSpan() throws Exception {
    try (TestCollector collector = TestCollector.answering();
        TestServer server =
            TestServer.with(
                new FakeEmbedder(),
                Map.of(
                    "grpc.auth.tokens", TokenHash.of("trainer", "a-token").line(),
                    "tracing.otlp-endpoint", collector.url()))) {
      AdvantageServiceGrpc.AdvantageServiceBlockingStub nobody =
          AdvantageServiceGrpc.newBlockingStub(server.channel());
      Metadata token = new Metadata();
      token.put(
          Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer a-token");
      for (int i = 0; i < 20; i++) {
        assertThatThrownBy(() -> nobody.computeAdvantages(request(sound("a"))))
            .hasMessageContaining("UNAUTHENTICATED");
      }
      nobody
          .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(token))
          .computeAdvantages(request(sound("a")));

      collector.awaitTrace(span -> span.getName().equals(CALL));
      assertThat(collector.spans()).extracting(Span::getName).containsOnlyOnce(CALL);
    }
  }
}
