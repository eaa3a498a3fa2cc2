// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import static io.gcpo.advantage.server.testing.Groups.group;
import static io.gcpo.advantage.server.testing.Groups.request;
import static io.gcpo.advantage.server.testing.Groups.rollout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.server.auth.TokenHash;
import io.gcpo.advantage.server.faults.proxy.FaultProxy;
import io.gcpo.advantage.server.testing.FakeEmbedder;
import io.gcpo.advantage.v1.AdvantageServiceGrpc;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A caller without a token cannot make the server take what it sends. */
@Timeout(120)
class UnreadBodyTest {
  private static final int MIB = 1 << 20;

  /** What a call may send unasked. */
  private static final int WINDOW = ConnectionConfig.DEFAULTS.flowControlWindow();

  @Test
  void body_ofARefusedCall_staysWithTheCaller() throws Exception {
    ComputeAdvantagesRequest large = large();
    assertThat(large.getSerializedSize()).isGreaterThan(15 * MIB);
    try (TestServer server =
            TestServer.with(
                new FakeEmbedder(),
                Map.of("grpc.auth.tokens", TokenHash.of("trainer", "right").line()));
        FaultProxy relay = new FaultProxy(server.port())) {
      ManagedChannel channel =
          Grpc.newChannelBuilder("localhost:" + relay.port(), InsecureChannelCredentials.create())
              .build();
      try {
        AdvantageServiceGrpc.AdvantageServiceBlockingStub stub =
            AdvantageServiceGrpc.newBlockingStub(channel);
        assertThatExceptionOfType(StatusRuntimeException.class)
            .isThrownBy(() -> stub.computeAdvantages(large))
            .satisfies(
                refused ->
                    assertThat(refused.getStatus().getCode())
                        .isEqualTo(Status.Code.UNAUTHENTICATED));
        assertThat(relay.sent()).isLessThan(WINDOW + MIB / 2);

        // The same with a token: the relay does count, and the body is one that is taken.
        var unused = withToken(stub).computeAdvantages(large);
        assertThat(relay.sent()).isGreaterThan(15 * MIB);
      } finally {
        channel.shutdownNow();
      }
    }
  }

  private static AdvantageServiceGrpc.AdvantageServiceBlockingStub withToken(
      AdvantageServiceGrpc.AdvantageServiceBlockingStub stub) {
    Metadata headers = new Metadata();
    headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer right");
    return stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  private static ComputeAdvantagesRequest large() {
    String text = "x".repeat(500_000);
    return request(
        group(
            "g",
            IntStream.range(0, 32)
                .mapToObj(i -> rollout(i + text, i % 2))
                .toArray(io.gcpo.advantage.v1.Rollout[]::new)));
  }
}
