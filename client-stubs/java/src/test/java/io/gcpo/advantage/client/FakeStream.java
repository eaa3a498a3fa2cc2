// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.GroupResult;
import io.gcpo.advantage.v1.RolloutGroup;
import io.gcpo.advantage.v1.StreamAdvantagesRequest;
import io.gcpo.advantage.v1.StreamAdvantagesResponse;
import io.gcpo.advantage.v1.StreamHeader;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** One stream as the server sees it; the test says what is answered, and when. */
final class FakeStream implements StreamObserver<StreamAdvantagesRequest> {
  final CompletableFuture<StreamHeader> header = new CompletableFuture<>();
  final LinkedBlockingQueue<RolloutGroup> groups = new LinkedBlockingQueue<>();
  final CountDownLatch halfClosed = new CountDownLatch(1);
  final CountDownLatch cancelled = new CountDownLatch(1);
  private final ServerCallStreamObserver<StreamAdvantagesResponse> observer;

  FakeStream(ServerCallStreamObserver<StreamAdvantagesResponse> observer) {
    this.observer = observer;
    observer.setOnCancelHandler(cancelled::countDown);
  }

  /** The next group that came in. */
  RolloutGroup next() throws InterruptedException {
    RolloutGroup group = groups.poll(10, TimeUnit.SECONDS);
    if (group == null) {
      throw new AssertionError("no group came");
    }
    return group;
  }

  void answer(RolloutGroup group) {
    send(Answers.to(ComputeAdvantagesRequest.newBuilder().addGroups(group).build()).getResults(0));
  }

  void send(GroupResult result) {
    observer.onNext(StreamAdvantagesResponse.newBuilder().setResult(result).build());
  }

  void fail(StatusRuntimeException failure) {
    observer.onError(failure);
  }

  void end() {
    observer.onCompleted();
  }

  @Override
  public void onNext(StreamAdvantagesRequest message) {
    if (message.hasHeader()) {
      header.complete(message.getHeader());
    } else {
      groups.add(message.getGroup());
    }
  }

  @Override
  public void onError(Throwable gone) {
    cancelled.countDown();
  }

  @Override
  public void onCompleted() {
    halfClosed.countDown();
  }
}
