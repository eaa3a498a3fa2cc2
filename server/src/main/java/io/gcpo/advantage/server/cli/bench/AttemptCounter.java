// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli.bench;

import io.gcpo.advantage.v1.AdvantageServiceGrpc;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptor;
import io.grpc.MethodDescriptor;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what really goes over the wire: a call that is repeated, or sent in parts, is one call and
 * several attempts. Thread-safe.
 */
public final class AttemptCounter implements ClientInterceptor {
  private final AtomicLong attempts = new AtomicLong();

  /** ComputeAdvantages requests begun so far. */
  public long attempts() {
    return attempts.get();
  }

  @Override
  public <Q, A> ClientCall<Q, A> interceptCall(
      MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
    if (method.equals(AdvantageServiceGrpc.getComputeAdvantagesMethod())) {
      attempts.incrementAndGet();
    }
    return next.newCall(method, options);
  }
}
