// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.failpoints;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.util.List;

/** Fails where one of our own interceptors may, of calls of our own services. */
final class FaultyInterceptor implements ServerInterceptor {
  private static final List<Action> DEFECTS = List.of(Action.EXCEPTION, Action.ERROR, Action.DELAY);

  private final Failpoints points;

  FaultyInterceptor(Failpoints points) {
    this.points = points;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    if (!call.getMethodDescriptor().getFullMethodName().startsWith("gcpo.")) {
      return next.startCall(call, headers);
    }
    points.at("interceptor.call", DEFECTS);
    return new FaultyListener<>(next.startCall(new FaultyCall<>(call), headers));
  }

  private final class FaultyCall<Q, A> extends SimpleForwardingServerCall<Q, A> {
    FaultyCall(ServerCall<Q, A> call) {
      super(call);
    }

    @Override
    public void sendMessage(A message) {
      points.at("interceptor.answer", DEFECTS);
      super.sendMessage(message);
    }
  }

  private final class FaultyListener<Q> extends SimpleForwardingServerCallListener<Q> {
    FaultyListener(ServerCall.Listener<Q> listener) {
      super(listener);
    }

    @Override
    public void onMessage(Q message) {
      points.at("interceptor.message.before", DEFECTS);
      super.onMessage(message);
      points.at("interceptor.message.after", DEFECTS);
    }

    @Override
    public void onHalfClose() {
      points.at("interceptor.halfClose.before", DEFECTS);
      super.onHalfClose();
      points.at("interceptor.halfClose.after", DEFECTS);
    }

    @Override
    public void onComplete() {
      super.onComplete();
      points.at("interceptor.complete", List.of(Action.HARMLESS));
    }
  }
}
