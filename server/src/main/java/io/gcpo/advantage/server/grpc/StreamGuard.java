// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import com.google.common.collect.ImmutableSet;
import io.gcpo.advantage.server.grpc.admission.AdmissionConfig;
import io.gcpo.advantage.server.grpc.admission.AdmissionInterceptor;
import io.grpc.Context;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerStreamTracer;
import io.grpc.ServiceDescriptor;
import io.grpc.Status;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Resets unary calls where no interceptor can: one whose answer nobody reads, which has been closed
 * and stays in memory with its connection, and one that sends far more than it declared, which is
 * in memory before it is a message. A tracer sees bytes as they come, and gRPC resets a call when
 * the time of the context that the tracer gives it is up. Thread-safe.
 */
final class StreamGuard extends ServerStreamTracer.Factory {
  /** To read an answer that came at the last moment. */
  static final Duration READING_TIME = Duration.ofSeconds(5);

  /** What a wrong declaration may be short of, so that it is told what is wrong with it. */
  private static final long TOLERANCE_BYTES = 1 << 20;

  private static final ServerStreamTracer NOTHING = new ServerStreamTracer() {};

  private final ImmutableSet<String> unary;
  private final Duration longest;
  private final ScheduledExecutorService scheduler;

  @Inject
  StreamGuard(
      Set<ServiceDescriptor> services,
      AdmissionConfig config,
      @ForGrpc ScheduledExecutorService scheduler) {
    this.unary =
        services.stream()
            .flatMap(service -> service.getMethods().stream())
            .filter(method -> method.getType() == MethodDescriptor.MethodType.UNARY)
            .map(MethodDescriptor::getFullMethodName)
            .collect(ImmutableSet.toImmutableSet());
    this.longest = config.maxDeadline().plus(READING_TIME);
    this.scheduler = scheduler;
  }

  @Override
  public ServerStreamTracer newServerStreamTracer(String fullMethodName, Metadata headers) {
    if (!unary.contains(fullMethodName)) {
      return NOTHING;
    }
    Long declared = headers.get(AdmissionInterceptor.REQUEST_BYTES);
    return new Guarded(declared == null ? Long.MAX_VALUE : declared + TOLERANCE_BYTES);
  }

  private final class Guarded extends ServerStreamTracer {
    private final long mostBytes;
    private final AtomicLong bytes = new AtomicLong();
    private volatile Context.@Nullable CancellableContext context;
    private volatile @Nullable Future<?> end;

    Guarded(long mostBytes) {
      this.mostBytes = mostBytes;
    }

    @Override
    public Context filterContext(Context parent) {
      Context.CancellableContext guarded = parent.withCancellation();
      context = guarded;
      end = scheduler.schedule(this::reset, longest.toNanos(), TimeUnit.NANOSECONDS);
      return guarded;
    }

    @Override
    public void inboundWireSize(long more) {
      if (bytes.addAndGet(more) > mostBytes) {
        reset();
      }
    }

    @Override
    public void streamClosed(Status status) {
      Future<?> pending = end;
      if (pending != null) {
        pending.cancel(false);
      }
    }

    private void reset() {
      Context.CancellableContext guarded = context;
      if (guarded != null) {
        // Of all causes this is the one on which gRPC resets.
        guarded.cancel(new TimeoutException("the call does not end"));
      }
    }
  }
}
