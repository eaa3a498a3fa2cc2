// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Any;
import com.google.protobuf.StringValue;
import com.google.rpc.ErrorInfo;
import io.grpc.CallOptions;
import io.grpc.ClientInterceptors;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.protobuf.ProtoUtils;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls of a small service over the in-process transport, all on the caller's thread. */
class GrpcMetricsInterceptorTest {
  private static final MethodDescriptor<StringValue, StringValue> ECHO = method("test.Echo/Echo");
  private static final MethodDescriptor<StringValue, StringValue> OTHER = method("test.Echo/Other");

  private final PrometheusMeterRegistry registry = PrometheusRegistries.create();
  private final GrpcMetricsInterceptor interceptor =
      new GrpcMetricsInterceptor(
          new RequestMeters(
              registry, Set.of(ServiceDescriptor.newBuilder("test.Echo").addMethod(ECHO).build())));
  private final ServerServiceDefinition service =
      ServerServiceDefinition.builder("test.Echo")
          .addMethod(ECHO, ServerCalls.asyncUnaryCall(GrpcMetricsInterceptorTest::answer))
          .addMethod(OTHER, ServerCalls.asyncUnaryCall(GrpcMetricsInterceptorTest::answer))
          .build();
  private final String name = InProcessServerBuilder.generateName();
  private final Server server =
      InProcessServerBuilder.forName(name)
          .directExecutor()
          .addService(io.grpc.ServerInterceptors.intercept(service, interceptor))
          .build();
  private final ManagedChannel channel =
      InProcessChannelBuilder.forName(name).directExecutor().build();

  @BeforeEach
  void start() throws Exception {
    server.start();
  }

  @AfterEach
  void stop() {
    channel.shutdownNow();
    server.shutdownNow();
  }

  @Test
  void start_knownMethod_isZeroForEveryCode() {
    Exposition exposition = Exposition.of(registry);
    for (Status.Code code : Status.Code.values()) {
      assertThat(
              exposition.sample(
                  "gcpo_requests_total{code=\"%s\",method=\"test.Echo/Echo\",reason=\"\"}"
                      .formatted(code)))
          .isZero();
    }
    assertThat(exposition.sample("gcpo_request_duration_seconds_count{method=\"test.Echo/Echo\"}"))
        .isZero();
  }

  @Test
  void call_answered_isCountedAndTimed() {
    assertThat(call(ECHO, "hello")).isEqualTo("hello");
    assertThat(requests("test.Echo/Echo", "OK", "")).isEqualTo(1);
    assertThat(sample("gcpo_request_duration_seconds_count{method=\"test.Echo/Echo\"}"))
        .isEqualTo(1);
  }

  @Test
  void call_refusedWithReason_isCountedByIt() {
    assertThatThrownBy(() -> call(ECHO, "refuse")).isInstanceOf(StatusRuntimeException.class);
    assertThat(requests("test.Echo/Echo", "INVALID_ARGUMENT", "LIMIT")).isEqualTo(1);
    assertThat(requests("test.Echo/Echo", "INVALID_ARGUMENT", "")).isZero();
  }

  @Test
  void call_refusedWithUndeclaredReason_isOther() {
    assertThatThrownBy(() -> call(ECHO, "invent")).isInstanceOf(StatusRuntimeException.class);
    assertThat(requests("test.Echo/Echo", "INVALID_ARGUMENT", "other")).isEqualTo(1);
    assertThat(registry.scrape()).doesNotContain("NEW");
  }

  @Test
  void call_open_isCountedUntilItEnds() {
    Context.CancellableContext context = Context.current().withCancellation();
    context.run(
        () ->
            ClientCalls.asyncUnaryCall(
                channel.newCall(ECHO, CallOptions.DEFAULT), StringValue.of("hang"), IGNORE));
    assertThat(sample("gcpo_open_calls{method=\"test.Echo/Echo\"}")).isEqualTo(1);
    context.cancel(null);
    assertThat(sample("gcpo_open_calls{method=\"test.Echo/Echo\"}")).isZero();
  }

  @Test
  void call_retriedByGrpc_isARepeatedAttempt() {
    Metadata headers = new Metadata();
    headers.put(
        Metadata.Key.of("grpc-previous-rpc-attempts", Metadata.ASCII_STRING_MARSHALLER), "2");
    assertThat(call(ECHO, "hello")).isEqualTo("hello");
    assertThat(
            ClientCalls.blockingUnaryCall(
                    ClientInterceptors.intercept(
                        channel, MetadataUtils.newAttachHeadersInterceptor(headers)),
                    ECHO,
                    CallOptions.DEFAULT,
                    StringValue.of("again"))
                .getValue())
        .isEqualTo("again");
    assertThat(sample("gcpo_call_attempts_total{attempt=\"first\"}")).isEqualTo(1);
    assertThat(sample("gcpo_call_attempts_total{attempt=\"repeated\"}")).isEqualTo(1);
  }

  @Test
  void call_refusedWithoutDetails_hasEmptyReason() {
    assertThatThrownBy(() -> call(ECHO, "fail")).isInstanceOf(StatusRuntimeException.class);
    assertThat(requests("test.Echo/Echo", "UNAVAILABLE", "")).isEqualTo(1);
  }

  @Test
  void call_methodThatWasNotAnnounced_isUnknown() {
    assertThat(call(OTHER, "hello")).isEqualTo("hello");
    assertThat(requests("unknown", "OK", "")).isEqualTo(1);
    assertThat(registry.scrape()).doesNotContain("test.Echo/Other");
  }

  @Test
  void call_cancelled_isCountedOnce() {
    Context.CancellableContext context = Context.current().withCancellation();
    context.run(
        () ->
            ClientCalls.asyncUnaryCall(
                channel.newCall(ECHO, CallOptions.DEFAULT), StringValue.of("hang"), IGNORE));
    context.cancel(null);
    assertThat(requests("test.Echo/Echo", "CANCELLED", "")).isEqualTo(1);
    assertThat(sample("gcpo_request_duration_seconds_count{method=\"test.Echo/Echo\"}"))
        .isEqualTo(1);
  }

  @Test
  void interceptCall_handlerThrows_isUnknown() {
    ServerCallHandler<StringValue, StringValue> broken =
        (call, headers) -> {
          throw new IllegalStateException("broken handler");
        };
    assertThatThrownBy(() -> interceptor.interceptCall(new IdleCall(), new Metadata(), broken))
        .hasMessage("broken handler");
    assertThat(requests("test.Echo/Echo", "UNKNOWN", "")).isEqualTo(1);
  }

  @Test
  void interceptCall_errorOfTheVirtualMachine_leavesNoOpenCall() {
    ServerCallHandler<StringValue, StringValue> broken =
        (call, headers) -> {
          throw new StackOverflowError("too deep");
        };
    assertThatThrownBy(() -> interceptor.interceptCall(new IdleCall(), new Metadata(), broken))
        .hasMessage("too deep");
    assertThat(sample("gcpo_open_calls{method=\"test.Echo/Echo\"}")).isZero();
  }

  @Test
  void call_whoseHandlerThrows_isUnknownAndNotOpenAnyMore() {
    assertThatThrownBy(() -> call(ECHO, "throw"))
        .hasMessage("UNKNOWN: Application error processing RPC");
    assertThat(requests("test.Echo/Echo", "UNKNOWN", "")).isEqualTo(1);
    assertThat(sample("gcpo_open_calls{method=\"test.Echo/Echo\"}")).isZero();
  }

  @Test
  void reason_malformedDetails_isEmpty() {
    Metadata trailers = new Metadata();
    trailers.put(
        Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER),
        new byte[] {(byte) 0xff, 1, 2});
    assertThat(ErrorReason.of(Status.INTERNAL, trailers)).isEmpty();
  }

  private static final StreamObserver<StringValue> IGNORE =
      new StreamObserver<>() {
        @Override
        public void onNext(StringValue value) {}

        @Override
        public void onError(Throwable failure) {}

        @Override
        public void onCompleted() {}
      };

  private static void answer(StringValue request, StreamObserver<StringValue> observer) {
    switch (request.getValue()) {
      case "hang" -> {}
      case "throw" -> throw new IllegalStateException("broken service");
      case "fail" -> observer.onError(Status.UNAVAILABLE.asRuntimeException());
      case "refuse" -> observer.onError(StatusProto.toStatusRuntimeException(refusal("LIMIT")));
      case "invent" -> observer.onError(StatusProto.toStatusRuntimeException(refusal("NEW")));
      default -> {
        observer.onNext(request);
        observer.onCompleted();
      }
    }
  }

  private static com.google.rpc.Status refusal(String reason) {
    return com.google.rpc.Status.newBuilder()
        .setCode(Status.Code.INVALID_ARGUMENT.value())
        .addDetails(Any.pack(StringValue.of("another detail")))
        .addDetails(Any.pack(ErrorInfo.newBuilder().setReason(reason).build()))
        .build();
  }

  /** A call on which nothing ever happens. */
  private static final class IdleCall extends ServerCall<StringValue, StringValue> {
    @Override
    public void request(int count) {}

    @Override
    public void sendHeaders(Metadata headers) {}

    @Override
    public void sendMessage(StringValue message) {}

    @Override
    public void close(Status status, Metadata trailers) {}

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public MethodDescriptor<StringValue, StringValue> getMethodDescriptor() {
      return ECHO;
    }
  }

  private static MethodDescriptor<StringValue, StringValue> method(String fullName) {
    return MethodDescriptor.<StringValue, StringValue>newBuilder()
        .setType(MethodType.UNARY)
        .setFullMethodName(fullName)
        .setRequestMarshaller(ProtoUtils.marshaller(StringValue.getDefaultInstance()))
        .setResponseMarshaller(ProtoUtils.marshaller(StringValue.getDefaultInstance()))
        .build();
  }

  private String call(MethodDescriptor<StringValue, StringValue> method, String text) {
    return ClientCalls.blockingUnaryCall(channel, method, CallOptions.DEFAULT, StringValue.of(text))
        .getValue();
  }

  private double requests(String method, String code, String reason) {
    return sample(
        "gcpo_requests_total{code=\"%s\",method=\"%s\",reason=\"%s\"}"
            .formatted(code, method, reason));
  }

  private double sample(String nameAndTags) {
    return Exposition.of(registry).sample(nameAndTags);
  }
}
