// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import com.google.common.collect.ImmutableMap;
import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCallHandler;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.stub.ServerCalls;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A generated service whose methods get {@link Decoded} requests. The generated base classes cannot
 * do that: they bind protobuf's own marshaller.
 */
final class DecodedService {
  private final ServiceDescriptor generated;
  private final Map<MethodDescriptor<?, ?>, ServerCallHandler<?, ?>> methods =
      new LinkedHashMap<>();

  DecodedService(ServiceDescriptor generated) {
    this.generated = generated;
  }

  /** Serves a unary method. */
  <Q extends Message, A> DecodedService unary(
      MethodDescriptor<Q, A> method, Q prototype, ServerCalls.UnaryMethod<Decoded<Q>, A> handler) {
    methods.put(decoding(method, prototype), ServerCalls.asyncUnaryCall(handler));
    return this;
  }

  /** Serves a method that streams both ways. */
  <Q extends Message, A> DecodedService bidi(
      MethodDescriptor<Q, A> method,
      Q prototype,
      ServerCalls.BidiStreamingMethod<Decoded<Q>, A> handler) {
    methods.put(decoding(method, prototype), ServerCalls.asyncBidiStreamingCall(handler));
    return this;
  }

  /** The service with the methods so far, which must be all of the generated one's. */
  ServerServiceDefinition build() {
    ServiceDescriptor.Builder descriptor =
        ServiceDescriptor.newBuilder(generated.getName())
            .setSchemaDescriptor(generated.getSchemaDescriptor());
    methods.keySet().forEach(descriptor::addMethod);
    ServerServiceDefinition.Builder service = ServerServiceDefinition.builder(descriptor.build());
    ImmutableMap.copyOf(methods).forEach((method, handler) -> add(service, method, handler));
    return service.build();
  }

  @SuppressWarnings("unchecked") // unary() and bidi() pair each method with a handler of its types
  private static <Q, A> void add(
      ServerServiceDefinition.Builder service,
      MethodDescriptor<?, ?> method,
      ServerCallHandler<?, ?> handler) {
    service.addMethod((MethodDescriptor<Q, A>) method, (ServerCallHandler<Q, A>) handler);
  }

  private static <Q extends Message, A> MethodDescriptor<Decoded<Q>, A> decoding(
      MethodDescriptor<Q, A> method, Q prototype) {
    return method.toBuilder(new DecodingMarshaller<>(prototype), method.getResponseMarshaller())
        .build();
  }
}
