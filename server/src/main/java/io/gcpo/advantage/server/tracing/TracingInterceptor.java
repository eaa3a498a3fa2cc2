// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.tracing;

import com.google.common.collect.ImmutableSet;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import jakarta.inject.Inject;
import java.util.Set;

/**
 * Makes a span of each call of our services, beneath the caller's if it sends {@code traceparent}.
 * To stand inside the metrics, which then know whose call they count when it is closed.
 * Thread-safe.
 */
final class TracingInterceptor implements ServerInterceptor {
  private final Spans spans;
  private final ImmutableSet<String> services;

  @Inject
  TracingInterceptor(Spans spans, Set<ServiceDescriptor> services) {
    this.spans = spans;
    this.services =
        services.stream().map(ServiceDescriptor::getName).collect(ImmutableSet.toImmutableSet());
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    CallTrace trace = trace(call.getMethodDescriptor(), headers);
    if (!trace.isRecording()) {
      return next.startCall(call, headers);
    }
    try {
      return new TracedListener<>(
          Contexts.interceptCall(
              Context.current().withValue(CallTrace.KEY, trace),
              new TracedCall<>(call, trace),
              headers,
              next),
          trace);
    } catch (RuntimeException e) {
      end(trace, Status.Code.UNKNOWN);
      throw e;
    }
  }

  private CallTrace trace(MethodDescriptor<?, ?> method, Metadata headers) {
    String service = String.valueOf(method.getServiceName());
    if (!services.contains(service)) {
      return CallTrace.NONE;
    }
    CallTrace trace =
        spans.call(
            method.getFullMethodName(),
            W3CTraceContextPropagator.getInstance()
                .extract(
                    io.opentelemetry.context.Context.root(), headers, MetadataGetter.INSTANCE));
    trace.note("rpc.system", "grpc");
    trace.note("rpc.service", service);
    trace.note("rpc.method", String.valueOf(method.getBareMethodName()));
    return trace;
  }

  private static void end(CallTrace trace, Status.Code code) {
    trace.note("rpc.grpc.status_code", code.value());
    trace.end(code == Status.Code.OK ? "" : code.name());
  }

  private static final class TracedCall<Q, A> extends SimpleForwardingServerCall<Q, A> {
    private final CallTrace trace;

    TracedCall(ServerCall<Q, A> call, CallTrace trace) {
      super(call);
      this.trace = trace;
    }

    // Ended first: who has the answer can find the trace.
    @Override
    public void close(Status status, Metadata trailers) {
      end(trace, status.getCode());
      trace.measure(() -> super.close(status, trailers));
    }
  }

  private static final class TracedListener<Q> extends SimpleForwardingServerCallListener<Q> {
    private final CallTrace trace;

    TracedListener(ServerCall.Listener<Q> listener, CallTrace trace) {
      super(listener);
      this.trace = trace;
    }

    @Override
    public void onCancel() {
      end(trace, Status.Code.CANCELLED);
      super.onCancel();
    }
  }
}
