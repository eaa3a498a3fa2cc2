// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/**
 * A channel whose calls fail while they are being started, as on a connection that was just lost.
 */
final class RefusingChannel extends Channel {
  @Override
  public <Q, A> ClientCall<Q, A> newCall(MethodDescriptor<Q, A> method, CallOptions options) {
    return new ClientCall<>() {
      private boolean cancelled;

      @Override
      public void start(Listener<A> listener, Metadata headers) {
        listener.onClose(Status.UNAVAILABLE.withDescription("refused"), new Metadata());
      }

      @Override
      public void request(int messages) {}

      @Override
      public void cancel(@Nullable String message, @Nullable Throwable cause) {
        cancelled = true;
      }

      @Override
      public void halfClose() {}

      @Override
      public void sendMessage(Q message) {
        if (cancelled) {
          throw new IllegalStateException("call was cancelled");
        }
      }
    };
  }

  @Override
  public String authority() {
    return "nobody";
  }
}
