// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import com.google.protobuf.Message;
import io.grpc.Attributes;
import io.grpc.BindableService;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A service that is not ours (health, reflection) with our way of reading messages: its own
 * marshaller's exceptions would become UNKNOWN and a stack trace a request.
 */
final class DecodedForeignService {
  private DecodedForeignService() {}

  /** The same service, which answers bytes that are no message with INVALID_ARGUMENT. */
  static ServerServiceDefinition of(BindableService service) {
    ServerServiceDefinition foreign = service.bindService();
    ServiceDescriptor.Builder descriptor =
        ServiceDescriptor.newBuilder(foreign.getServiceDescriptor().getName())
            .setSchemaDescriptor(foreign.getServiceDescriptor().getSchemaDescriptor());
    List<ServerMethodDefinition<?, ?>> methods = new ArrayList<>();
    foreign.getMethods().forEach(method -> methods.add(decoded(method)));
    methods.forEach(method -> descriptor.addMethod(method.getMethodDescriptor()));
    ServerServiceDefinition.Builder ours = ServerServiceDefinition.builder(descriptor.build());
    methods.forEach(ours::addMethod);
    return ours.build();
  }

  @SuppressWarnings("unchecked") // a method's handler and its descriptor are of the same types
  private static <Q extends Message, A> ServerMethodDefinition<Decoded<Q>, A> decoded(
      ServerMethodDefinition<?, ?> method) {
    ServerMethodDefinition<Q, A> typed = (ServerMethodDefinition<Q, A>) method;
    MethodDescriptor<Q, A> descriptor = typed.getMethodDescriptor();
    Q prototype =
        ((PrototypeMarshaller<Q>) descriptor.getRequestMarshaller()).getMessagePrototype();
    if (prototype == null) {
      throw new IllegalStateException(descriptor.getFullMethodName() + ": no prototype");
    }
    ServerCallHandler<Q, A> handler = typed.getServerCallHandler();
    return ServerMethodDefinition.create(
        descriptor.toBuilder(
                new DecodingMarshaller<>(prototype), descriptor.getResponseMarshaller())
            .build(),
        (call, headers) ->
            new DecodingListener<>(
                handler.startCall(new ForeignCall<>(call, descriptor), headers), call));
  }

  /** What the service sees of a call. */
  private static final class ForeignCall<Q, A> extends ServerCall<Q, A> {
    private final ServerCall<Decoded<Q>, A> call;
    private final MethodDescriptor<Q, A> method;

    ForeignCall(ServerCall<Decoded<Q>, A> call, MethodDescriptor<Q, A> method) {
      this.call = call;
      this.method = method;
    }

    @Override
    public MethodDescriptor<Q, A> getMethodDescriptor() {
      return method;
    }

    @Override
    public void request(int messages) {
      call.request(messages);
    }

    @Override
    public void sendHeaders(Metadata headers) {
      call.sendHeaders(headers);
    }

    @Override
    public void sendMessage(A message) {
      call.sendMessage(message);
    }

    @Override
    public boolean isReady() {
      return call.isReady();
    }

    @Override
    public void close(Status status, Metadata trailers) {
      call.close(status, trailers);
    }

    @Override
    public boolean isCancelled() {
      return call.isCancelled();
    }

    @Override
    public Attributes getAttributes() {
      return call.getAttributes();
    }

    @Override
    public @Nullable String getAuthority() {
      return call.getAuthority();
    }
  }

  /** Passes sound messages on; the first that is not ends the call. One thread at a time's. */
  private static final class DecodingListener<Q> extends ServerCall.Listener<Decoded<Q>> {
    private final ServerCall.Listener<Q> listener;
    private final ServerCall<?, ?> call;
    private boolean refused;

    DecodingListener(ServerCall.Listener<Q> listener, ServerCall<?, ?> call) {
      this.listener = listener;
      this.call = call;
    }

    @Override
    public void onMessage(Decoded<Q> decoded) {
      if (refused) {
        return;
      }
      if (decoded.violations().isEmpty()) {
        listener.onMessage(decoded.message());
        return;
      }
      refused = true;
      ErrorStatusMapper.close(
          call, new InvalidRequestException("INVALID_FIELD", decoded.violations()));
    }

    @Override
    public void onHalfClose() {
      if (!refused) {
        listener.onHalfClose();
      }
    }

    @Override
    public void onCancel() {
      listener.onCancel();
    }

    @Override
    public void onComplete() {
      listener.onComplete();
    }

    @Override
    public void onReady() {
      listener.onReady();
    }
  }
}
