// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import io.gcpo.advantage.v1.StreamAdvantagesResponse;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps what a stream was answered. Confined to one thread. */
final class FuzzedCall extends ServerCallStreamObserver<StreamAdvantagesResponse> {
  final List<StreamAdvantagesResponse> answers = new ArrayList<>();
  @Nullable Status ending;

  boolean ended() {
    return ending != null;
  }

  @Override
  public void onNext(StreamAdvantagesResponse answer) {
    answers.add(answer);
  }

  @Override
  public void onError(Throwable failure) {
    end(Status.fromThrowable(failure));
  }

  @Override
  public void onCompleted() {
    end(Status.OK);
  }

  @Override
  public boolean isCancelled() {
    return false;
  }

  @Override
  public void setOnCancelHandler(Runnable handler) {}

  @Override
  public void setCompression(String compression) {}

  @Override
  public void setMessageCompression(boolean enable) {}

  @Override
  public boolean isReady() {
    return true;
  }

  @Override
  public void setOnReadyHandler(Runnable handler) {}

  @Override
  public void disableAutoInboundFlowControl() {}

  @Override
  public void disableAutoRequest() {}

  @Override
  public void request(int count) {}

  private void end(Status status) {
    if (ending != null) {
      throw new AssertionError("ended twice: %s, %s".formatted(ending, status));
    }
    ending = status;
  }
}
