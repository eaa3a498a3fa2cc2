// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import com.google.protobuf.ByteString;
import io.gcpo.advantage.v1.AdvantageServiceGrpc;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.gcpo.advantage.v1.EmbedTextsRequest;
import io.gcpo.advantage.v1.EmbedTextsResponse;
import io.gcpo.advantage.v1.ModelIdentity;
import io.gcpo.advantage.v1.SubmitRolloutsRequest;
import io.gcpo.advantage.v1.SubmitRolloutsResponse;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** Answers each rollout with its position as advantage, after the failures it was told to have. */
final class FakeService extends AdvantageServiceGrpc.AdvantageServiceImplBase {
  static final int DIMENSION = 3;

  final AtomicInteger calls = new AtomicInteger();
  final Queue<ComputeAdvantagesRequest> computed = new ConcurrentLinkedQueue<>();
  final Queue<Status> failures = new ConcurrentLinkedQueue<>();
  final CountDownLatch called = new CountDownLatch(1);
  final CountDownLatch cancelled = new CountDownLatch(1);
  volatile UnaryOperator<ComputeAdvantagesResponse> distortion = answer -> answer;
  volatile boolean silent;

  @Override
  public void computeAdvantages(
      ComputeAdvantagesRequest request, StreamObserver<ComputeAdvantagesResponse> observer) {
    computed.add(request);
    answer(distortion.apply(Answers.to(request)), observer);
  }

  @Override
  public void embedTexts(EmbedTextsRequest request, StreamObserver<EmbedTextsResponse> observer) {
    answer(
        EmbedTextsResponse.newBuilder()
            .setModel(
                ModelIdentity.newBuilder().setName(request.getModel()).setDimension(DIMENSION))
            .setEmbeddingsF32Le(
                ByteString.copyFrom(new byte[request.getTextsCount() * DIMENSION * Float.BYTES]))
            .build(),
        observer);
  }

  @Override
  public void submitRollouts(
      SubmitRolloutsRequest request, StreamObserver<SubmitRolloutsResponse> observer) {
    SubmitRolloutsResponse.Builder answer =
        SubmitRolloutsResponse.newBuilder()
            .setModel(ModelIdentity.newBuilder().setName(request.getModel()));
    request.getTextsList().forEach(text -> answer.addContentSha256(ByteString.EMPTY));
    answer(answer.build(), observer);
  }

  private <A> void answer(A answer, StreamObserver<A> observer) {
    calls.incrementAndGet();
    if (silent) {
      ((ServerCallStreamObserver<A>) observer).setOnCancelHandler(cancelled::countDown);
      called.countDown();
      return;
    }
    Status failure = failures.poll();
    if (failure != null) {
      observer.onError(failure.asRuntimeException());
      return;
    }
    observer.onNext(answer);
    observer.onCompleted();
  }
}
