// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import com.google.common.base.Ticker;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs messages whose bytes are unsound, one line in ten seconds at most: a client with another
 * contract should be noticed, and one that attacks must not fill the log. Thread-safe.
 */
final class MalformedLog implements ServerInterceptor {
  private static final Logger LOG = LoggerFactory.getLogger(MalformedLog.class);
  private static final long PAUSE_NANOS = Duration.ofSeconds(10).toNanos();

  private final Ticker ticker;
  private final AtomicLong nextNanos;
  private final AtomicLong unlogged = new AtomicLong();

  @Inject
  MalformedLog(Ticker ticker) {
    this.ticker = ticker;
    this.nextNanos = new AtomicLong(ticker.read());
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
      @Override
      public void onMessage(Q message) {
        if (message instanceof Decoded<?> decoded && !decoded.violations().isEmpty()) {
          log(call);
        }
        super.onMessage(message);
      }
    };
  }

  private void log(ServerCall<?, ?> call) {
    unlogged.incrementAndGet();
    long now = ticker.read();
    long next = nextNanos.get();
    if (now - next >= 0 && nextNanos.compareAndSet(next, now + PAUSE_NANOS)) {
      LOG.warn(
          "messages with unsound bytes since the last such line: {}; the last: {} from {}",
          unlogged.getAndSet(0),
          call.getMethodDescriptor().getFullMethodName(),
          call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR));
    }
  }
}
