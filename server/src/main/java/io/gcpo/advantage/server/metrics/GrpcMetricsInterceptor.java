// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Inject;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Counts every call once, when it ends: by its status, or as cancelled if it never had one. To be
 * the outermost interceptor, so that it sees what the others refuse. Thread-safe.
 */
public final class GrpcMetricsInterceptor implements ServerInterceptor {
  /** How often gRPC had sent the call before; absent where it had not. */
  private static final Metadata.Key<String> ATTEMPTS =
      Metadata.Key.of("grpc-previous-rpc-attempts", Metadata.ASCII_STRING_MARSHALLER);

  private final RequestMeters meters;

  @Inject
  GrpcMetricsInterceptor(RequestMeters meters) {
    this.meters = meters;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    Measurement measurement =
        new Measurement(
            call.getMethodDescriptor().getFullMethodName(), headers.containsKey(ATTEMPTS));
    try {
      return new MeasuredListener<>(
          next.startCall(new MeasuredCall<>(call, measurement), headers), measurement);
    } catch (RuntimeException | Error e) {
      measurement.end(Status.Code.UNKNOWN, "");
      throw e;
    }
  }

  /** One call. It may be closed by one thread and cancelled by another. */
  private final class Measurement {
    private final String method;
    private final Timer.Sample sample;
    private final AtomicBoolean ended = new AtomicBoolean();

    Measurement(String method, boolean repeated) {
      this.method = method;
      this.sample = meters.begun(method, repeated);
    }

    void end(Status.Code code, String reason) {
      if (ended.compareAndSet(false, true)) {
        meters.ended(method, code, reason, sample);
      }
    }
  }

  private static final class MeasuredCall<Q, A> extends SimpleForwardingServerCall<Q, A> {
    private final Measurement measurement;

    MeasuredCall(ServerCall<Q, A> call, Measurement measurement) {
      super(call);
      this.measurement = measurement;
    }

    @Override
    public void close(Status status, Metadata trailers) {
      String reason = status.isOk() ? "" : ErrorReason.of(status, trailers);
      measurement.end(status.getCode(), reason);
      super.close(status, trailers);
    }
  }

  private static final class MeasuredListener<Q> extends SimpleForwardingServerCallListener<Q> {
    private final Measurement measurement;

    MeasuredListener(ServerCall.Listener<Q> listener, Measurement measurement) {
      super(listener);
      this.measurement = measurement;
    }

    /** Without a status before it gRPC itself closed the call, as something threw: UNKNOWN. */
    @Override
    public void onComplete() {
      measurement.end(Status.Code.UNKNOWN, "");
      super.onComplete();
    }

    @Override
    public void onCancel() {
      measurement.end(Status.Code.CANCELLED, "");
      super.onCancel();
    }
  }
}
