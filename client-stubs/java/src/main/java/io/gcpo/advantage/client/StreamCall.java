// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import io.gcpo.advantage.v1.AdvantageServiceGrpc;
import io.gcpo.advantage.v1.RolloutGroup;
import io.gcpo.advantage.v1.StreamAdvantagesRequest;
import io.gcpo.advantage.v1.StreamAdvantagesResponse;
import io.gcpo.advantage.v1.StreamHeader;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ClientResponseObserver;
import io.grpc.stub.StreamObserver;
import org.jspecify.annotations.Nullable;

/**
 * One StreamAdvantages call. Its methods are called under the lock of the session; its events are
 * passed on as they come.
 */
final class StreamCall {
  private final StreamSession session;
  private @Nullable ClientCallStreamObserver<StreamAdvantagesRequest> requests;
  private boolean halfClosed;

  StreamCall(StreamSession session) {
    this.session = session;
  }

  /** Starts the call; it may have ended when this returns. */
  void start(Channel channel, StreamHeader header) {
    StreamObserver<StreamAdvantagesRequest> outgoing =
        ClientCalls.asyncBidiStreamingCall(
            channel.newCall(AdvantageServiceGrpc.getStreamAdvantagesMethod(), CallOptions.DEFAULT),
            new Responses());
    if (session.isCurrent(this)) {
      outgoing.onNext(StreamAdvantagesRequest.newBuilder().setHeader(header).build());
    }
  }

  /** Whether a group would go out at once. */
  boolean isReady() {
    return requests != null && requests.isReady();
  }

  /** Whether the network is behind, perhaps for good; never after the last group. */
  boolean isStalled() {
    return !halfClosed && !isReady();
  }

  void send(RolloutGroup group) {
    if (requests != null) {
      requests.onNext(StreamAdvantagesRequest.newBuilder().setGroup(group).build());
    }
  }

  /** No further groups; does nothing the second time. */
  void halfClose() {
    if (requests != null && !halfClosed) {
      halfClosed = true;
      requests.onCompleted();
    }
  }

  void cancel() {
    if (requests != null) {
      requests.cancel("no group waits for it", null);
    }
  }

  private final class Responses
      implements ClientResponseObserver<StreamAdvantagesRequest, StreamAdvantagesResponse> {
    @Override
    public void beforeStart(ClientCallStreamObserver<StreamAdvantagesRequest> call) {
      requests = call;
      call.setOnReadyHandler(session::proceed);
    }

    @Override
    public void onNext(StreamAdvantagesResponse response) {
      session.answered(StreamCall.this, response);
    }

    @Override
    public void onError(Throwable failure) {
      session.ended(StreamCall.this, failure);
    }

    @Override
    public void onCompleted() {
      session.ended(StreamCall.this, null);
    }
  }
}
