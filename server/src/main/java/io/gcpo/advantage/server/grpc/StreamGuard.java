// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import com.google.common.collect.ImmutableSet;
import io.gcpo.advantage.server.grpc.admission.AdmissionConfig;
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
import org.jspecify.annotations.Nullable;

/**
 * Resets unary calls whose answer nobody reads, which have been closed and stay in memory with
 * their connection: no interceptor can, but gRPC does when the time of the context that a tracer
 * gives it is up. Thread-safe.
 */
final class StreamGuard extends ServerStreamTracer.Factory {
  /** To read an answer that came at the last moment. */
  static final Duration READING_TIME = Duration.ofSeconds(5);

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
    return unary.contains(fullMethodName) ? new Guarded() : NOTHING;
  }

  private final class Guarded extends ServerStreamTracer {
    private volatile Context.@Nullable CancellableContext context;
    private volatile @Nullable Future<?> end;

    @Override
    public Context filterContext(Context parent) {
      Context.CancellableContext guarded = parent.withCancellation();
      context = guarded;
      end = scheduler.schedule(this::reset, longest.toNanos(), TimeUnit.NANOSECONDS);
      return guarded;
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
