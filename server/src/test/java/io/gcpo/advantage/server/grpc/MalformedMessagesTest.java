// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.io.ByteStreams;
import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.server.testing.CapturedLog;
import io.gcpo.advantage.server.testing.FakeEmbedder;
import io.gcpo.advantage.v1.AdvantageServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.reflection.v1.ServerReflectionGrpc;
import io.grpc.reflection.v1.ServerReflectionRequest;
import io.grpc.stub.ClientCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bytes that are no message, to every kind of service. */
@Timeout(60)
class MalformedMessagesTest {
  private static final byte[] GARBAGE = {0x0b, 0x0b, (byte) 0xff};
  private static final byte[] NO_UTF8 = {0x0a, 1, (byte) 0xff};

  @Test
  void garbage_isInvalidArgumentEverywhere_withoutAStackTraceAndInOneLine() {
    try (CapturedLog log = CapturedLog.open();
        TestServer server =
            TestServer.with(new FakeEmbedder(), Map.of("grpc.reflection", "true"))) {
      List<MethodDescriptor<?, ?>> methods =
          List.of(
              HealthGrpc.getCheckMethod(),
              HealthGrpc.getWatchMethod(),
              ServerReflectionGrpc.getServerReflectionInfoMethod(),
              AdvantageServiceGrpc.getComputeAdvantagesMethod());
      for (MethodDescriptor<?, ?> method : methods) {
        for (byte[] bytes : List.of(GARBAGE, NO_UTF8)) {
          assertThatThrownBy(() -> call(server.channel(), method, bytes))
              .as("%s", method)
              .hasMessageContaining("INVALID_ARGUMENT");
        }
      }

      assertThat(log.lines())
          .filteredOn(line -> line.contains("unsound bytes"))
          .singleElement()
          .asString()
          .startsWith("WARN messages with unsound bytes since the last such line: 1; the last: ");
      assertThat(log.lines()).noneMatch(line -> line.contains("Exception"));
    }
  }

  @Test
  void soundMessages_areAnsweredAsEver() {
    try (TestServer server =
        TestServer.with(new FakeEmbedder(), Map.of("grpc.reflection", "true"))) {
      assertThat(
              HealthGrpc.newBlockingStub(server.channel())
                  .check(HealthCheckRequest.getDefaultInstance())
                  .getStatus())
          .isEqualTo(ServingStatus.SERVING);
      assertThat(
              ClientCalls.blockingServerStreamingCall(
                      server.channel(),
                      ServerReflectionGrpc.getServerReflectionInfoMethod(),
                      CallOptions.DEFAULT,
                      ServerReflectionRequest.newBuilder().setListServices("").build())
                  .next()
                  .getListServicesResponse()
                  .getServiceList())
          .extracting(service -> service.getName())
          .contains(AdvantageServiceGrpc.SERVICE_NAME, HealthGrpc.SERVICE_NAME);
    }
  }

  private static <Q, A> void call(
      ManagedChannel channel, MethodDescriptor<Q, A> method, byte[] bytes) {
    ClientCalls.blockingServerStreamingCall(
            channel,
            method.toBuilder(new BytesMarshaller(), method.getResponseMarshaller()).build(),
            CallOptions.DEFAULT,
            bytes)
        .next();
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
