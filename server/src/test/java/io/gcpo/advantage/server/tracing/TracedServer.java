// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.tracing;

import com.google.common.io.BaseEncoding;
import com.google.protobuf.ByteString;
import io.gcpo.advantage.server.TestServer;
import io.gcpo.advantage.v1.AdvantageServiceGrpc;
import io.gcpo.advantage.v1.RolloutGroup;
import io.gcpo.advantage.v1.StreamAdvantagesRequest;
import io.gcpo.advantage.v1.StreamAdvantagesResponse;
import io.gcpo.advantage.v1.StreamHeader;
import io.grpc.Metadata;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Calls with a W3C context, and what is read of spans. */
final class TracedServer {
  private static final Metadata.Key<String> TRACEPARENT =
      Metadata.Key.of("traceparent", Metadata.ASCII_STRING_MARSHALLER);

  private TracedServer() {}

  static AdvantageServiceGrpc.AdvantageServiceBlockingStub stub(
      TestServer server, String traceparent) {
    return AdvantageServiceGrpc.newBlockingStub(server.channel())
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers(traceparent)));
  }

  static AdvantageServiceGrpc.AdvantageServiceStub asyncStub(
      TestServer server, String traceparent) {
    return AdvantageServiceGrpc.newStub(server.channel())
        .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers(traceparent)));
  }

  /** A stream of its own trace, until its end. */
  static void stream(TestServer server, String id, RolloutGroup... groups) throws Exception {
    CompletableFuture<Void> end = new CompletableFuture<>();
    StreamObserver<StreamAdvantagesRequest> requests =
        asyncStub(server, "none")
            .streamAdvantages(
                new StreamObserver<>() {
                  @Override
                  public void onNext(StreamAdvantagesResponse response) {}

                  @Override
                  public void onError(Throwable failure) {
                    end.completeExceptionally(failure);
                  }

                  @Override
                  public void onCompleted() {
                    end.complete(null);
                  }
                });
    requests.onNext(
        StreamAdvantagesRequest.newBuilder()
            .setHeader(StreamHeader.newBuilder().setRequestId(id))
            .build());
    for (RolloutGroup group : groups) {
      requests.onNext(StreamAdvantagesRequest.newBuilder().setGroup(group).build());
    }
    requests.onCompleted();
    end.get(60, TimeUnit.SECONDS);
  }

  static String hex(ByteString id) {
    return BaseEncoding.base16().lowerCase().encode(id.toByteArray());
  }

  static Span call(List<Span> trace) {
    return trace.stream()
        .filter(span -> span.getKind() == Span.SpanKind.SPAN_KIND_SERVER)
        .findFirst()
        .orElseThrow();
  }

  static List<Span> children(List<Span> trace, Span parent) {
    return trace.stream()
        .filter(span -> span.getParentSpanId().equals(parent.getSpanId()))
        .toList();
  }

  static boolean hasRequestId(Span span, String id) {
    return attribute(span, "gcpo.request_id").getStringValue().equals(id);
  }

  static AnyValue attribute(Span span, String key) {
    return span.getAttributesList().stream()
        .filter(attribute -> attribute.getKey().equals(key))
        .map(KeyValue::getValue)
        .findFirst()
        .orElse(AnyValue.getDefaultInstance());
  }

  private static Metadata headers(String traceparent) {
    Metadata headers = new Metadata();
    headers.put(TRACEPARENT, traceparent);
    return headers;
  }
}
