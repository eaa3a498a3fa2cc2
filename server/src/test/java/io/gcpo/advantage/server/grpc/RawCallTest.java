// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import static io.gcpo.advantage.server.testing.Groups.group;
import static io.gcpo.advantage.server.testing.Groups.request;
import static io.gcpo.advantage.server.testing.Groups.rollout;
import static io.gcpo.advantage.server.testing.Groups.sound;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.io.ByteStreams;
import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.server.testing.Await;
import io.gcpo.advantage.server.testing.FakeEmbedder;
import io.gcpo.advantage.v1.AdvantageServiceGrpc;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.gcpo.advantage.v1.StreamAdvantagesResponse;
import io.grpc.CallOptions;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckResponse;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.stub.ClientCalls;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Bytes that no protobuf library would send. */
class RawCallTest {
  private static final MethodDescriptor<byte[], ComputeAdvantagesResponse> METHOD =
      AdvantageServiceGrpc.getComputeAdvantagesMethod().toBuilder(
              new BytesMarshaller(),
              AdvantageServiceGrpc.getComputeAdvantagesMethod().getResponseMarshaller())
          .build();

  @Test
  void invalidUtf8_refusesItsGroupAndAnswersTheOthers() {
    String bytes =
        new String(
            request(sound("a"), group("b", rollout("broken", 1)), sound("c")).toByteArray(),
            ISO_8859_1);

    ComputeAdvantagesResponse response =
        call(bytes.replace("broken", "brok\u00ffn").getBytes(ISO_8859_1));

    assertThat(response.getResults(0).hasAdvantages()).isTrue();
    assertThat(response.getResults(1).getError().getMessage())
        .isEqualTo("groups[1].rollouts[0].text: invalid bytes (expected: UTF-8)");
    assertThat(response.getResults(2).hasAdvantages()).isTrue();
  }

  @Test
  void garbage_isInvalidArgumentNeverUnknown() {
    assertThatThrownBy(() -> call(new byte[] {0x0b, 0x0b, (byte) 0xff}))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("INVALID_ARGUMENT")
        .hasMessageContaining("malformed bytes (expected: a protobuf message)");
  }

  @Test
  void garbageInAStream_isSaidToBeGarbage() {
    MethodDescriptor<byte[], StreamAdvantagesResponse> stream =
        AdvantageServiceGrpc.getStreamAdvantagesMethod().toBuilder(
                new BytesMarshaller(),
                AdvantageServiceGrpc.getStreamAdvantagesMethod().getResponseMarshaller())
            .build();
    try (TestServer server = TestServer.with(new FakeEmbedder(), Map.of())) {
      assertThatThrownBy(
              () ->
                  ClientCalls.blockingServerStreamingCall(
                          server.channel(),
                          stream,
                          CallOptions.DEFAULT,
                          new byte[] {0x0b, 0x0b, (byte) 0xff})
                      .next())
          .hasMessageContaining("INVALID_ARGUMENT")
          .hasMessageContaining("malformed bytes (expected: a protobuf message)");
    }
  }

  @Test
  void garbageToAServiceThatIsNotOurs_isCountedAndLeavesNoOpenCall() {
    MethodDescriptor<byte[], HealthCheckResponse> check =
        HealthGrpc.getCheckMethod().toBuilder(
                new BytesMarshaller(), HealthGrpc.getCheckMethod().getResponseMarshaller())
            .build();
    try (TestServer server = TestServer.with(new FakeEmbedder(), Map.of())) {
      MeterRegistry meters = server.instance(MeterRegistry.class);
      double before = callsOfOthers(meters);
      assertThatThrownBy(
              () ->
                  ClientCalls.blockingUnaryCall(
                      server.channel(),
                      check,
                      CallOptions.DEFAULT,
                      new byte[] {0x0b, 0x0b, (byte) 0xff}))
          .isInstanceOf(StatusRuntimeException.class);

      Await.until(() -> callsOfOthers(meters) == before + 1);
      assertThat(meters.get("gcpo_open_calls").tag("method", "unknown").gauge().value()).isZero();
    }
  }

  private static double callsOfOthers(MeterRegistry meters) {
    return meters.find("gcpo_requests_total").tag("method", "unknown").counters().stream()
        .mapToDouble(Counter::count)
        .sum();
  }

  private static ComputeAdvantagesResponse call(byte[] request) {
    try (TestServer server = TestServer.with(new FakeEmbedder(), Map.of())) {
      return ClientCalls.blockingUnaryCall(server.channel(), METHOD, CallOptions.DEFAULT, request);
    }
  }

  private static final class BytesMarshaller implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return ByteStreams.toByteArray(stream);
      } catch (IOException lost) {
        throw new UncheckedIOException(lost);
      }
    }
  }
}
