// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import com.google.protobuf.ByteString;
import io.gcpo.advantage.v1.AdvantageServiceGrpc;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.gcpo.advantage.v1.EmbedTextsRequest;
import io.gcpo.advantage.v1.EmbedTextsResponse;
import io.gcpo.advantage.v1.ModelIdentity;
import io.gcpo.advantage.v1.StreamAdvantagesRequest;
import io.gcpo.advantage.v1.StreamAdvantagesResponse;
import io.gcpo.advantage.v1.SubmitRolloutsRequest;
import io.gcpo.advantage.v1.SubmitRolloutsResponse;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Answers each rollout with its position as advantage, after the failures it was told to have. */
final class FakeService extends AdvantageServiceGrpc.AdvantageServiceImplBase {
  static final int DIMENSION = 3;

  final AtomicInteger calls = new AtomicInteger();
  final Queue<ComputeAdvantagesRequest> computed = new ConcurrentLinkedQueue<>();
  final Queue<EmbedTextsRequest> embedded = new ConcurrentLinkedQueue<>();
  final Queue<StatusRuntimeException> failures = new ConcurrentLinkedQueue<>();
  final LinkedBlockingQueue<FakeStream> streams = new LinkedBlockingQueue<>();
  final CountDownLatch called = new CountDownLatch(1);
  final CountDownLatch cancelled = new CountDownLatch(1);
  volatile Function<ComputeAdvantagesRequest, ComputeAdvantagesResponse> answers = Answers::to;
  volatile UnaryOperator<ComputeAdvantagesResponse> distortion = answer -> answer;
  volatile UnaryOperator<EmbedTextsResponse> embedDistortion = answer -> answer;
  volatile UnaryOperator<SubmitRolloutsResponse> submitDistortion = answer -> answer;
  volatile boolean silent;

  @Override
  public void computeAdvantages(
      ComputeAdvantagesRequest request, StreamObserver<ComputeAdvantagesResponse> observer) {
    computed.add(request);
    answer(distortion.apply(answers.apply(request)), observer);
  }

  @Override
  public StreamObserver<StreamAdvantagesRequest> streamAdvantages(
      StreamObserver<StreamAdvantagesResponse> observer) {
    FakeStream stream =
        new FakeStream((ServerCallStreamObserver<StreamAdvantagesResponse>) observer);
    streams.add(stream);
    return stream;
  }

  /** The first number of a row is the length of its text. */
  @Override
  public void embedTexts(EmbedTextsRequest request, StreamObserver<EmbedTextsResponse> observer) {
    embedded.add(request);
    ByteBuffer rows =
        ByteBuffer.allocate(request.getTextsCount() * DIMENSION * Float.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN);
    EmbedTextsResponse.Builder answer =
        EmbedTextsResponse.newBuilder()
            .setRequestId(request.getRequestId())
            .setModel(
                ModelIdentity.newBuilder().setName(request.getModel()).setDimension(DIMENSION));
    for (String text : request.getTextsList()) {
      rows.putFloat(text.length()).putFloat(0).putFloat(0);
      answer.addTokens(text.length()).addTruncatedTokens(0);
    }
    answer(
        embedDistortion.apply(answer.setEmbeddingsF32Le(ByteString.copyFrom(rows.flip())).build()),
        observer);
  }

  @Override
  public void submitRollouts(
      SubmitRolloutsRequest request, StreamObserver<SubmitRolloutsResponse> observer) {
    SubmitRolloutsResponse.Builder answer =
        SubmitRolloutsResponse.newBuilder()
            .setRequestId(request.getRequestId())
            .setModel(ModelIdentity.newBuilder().setName(request.getModel()));
    request
        .getTextsList()
        .forEach(
            text ->
                answer
                    .addContentSha256(Sha256.of(ByteString.copyFromUtf8(text)))
                    .addTokens(text.length())
                    .addTruncatedTokens(0));
    answer(submitDistortion.apply(answer.build()), observer);
  }

  private <A> void answer(A answer, StreamObserver<A> observer) {
    calls.incrementAndGet();
    if (silent) {
      ((ServerCallStreamObserver<A>) observer).setOnCancelHandler(cancelled::countDown);
      called.countDown();
      return;
    }
    StatusRuntimeException failure = failures.poll();
    if (failure != null) {
      observer.onError(failure);
      return;
    }
    observer.onNext(answer);
    observer.onCompleted();
  }
}
