// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import com.google.common.collect.ImmutableList;
import io.gcpo.advantage.server.auth.AuthObserver;
import io.gcpo.advantage.server.auth.Authenticator;
import io.gcpo.advantage.server.auth.RefusalLog;
import io.gcpo.advantage.server.auth.UnauthenticatedException;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.health.v1.HealthGrpc;
import java.util.List;

/**
 * Takes only calls with a known token, but for health, which balancers and probes ask without one.
 * Others end at their headers: nothing of their body is asked for. Thread-safe.
 */
final class AuthInterceptor implements ServerInterceptor {
  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private final Authenticator authenticator;
  private final AuthObserver observer;
  private final RefusalLog log;

  AuthInterceptor(Authenticator authenticator, AuthObserver observer, RefusalLog log) {
    this.authenticator = authenticator;
    this.observer = observer;
    this.log = log;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    if (HealthGrpc.SERVICE_NAME.equals(call.getMethodDescriptor().getServiceName())) {
      return next.startCall(call, headers);
    }
    String client;
    try {
      Iterable<String> sent = headers.getAll(AUTHORIZATION);
      client = authenticator.client(sent == null ? List.of() : ImmutableList.copyOf(sent));
    } catch (UnauthenticatedException refusal) {
      refuse(call, refusal);
      return new ServerCall.Listener<>() {};
    }
    return Contexts.interceptCall(
        Context.current().withValue(Caller.NAME, client), call, headers, next);
  }

  private void refuse(ServerCall<?, ?> call, UnauthenticatedException refusal) {
    observer.refused(refusal.reason());
    log.refused(
        refusal.reason(),
        call.getMethodDescriptor().getFullMethodName(),
        call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR));
    ErrorStatusMapper.close(call, refusal);
  }
}
