// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import com.google.common.base.Ticker;
import io.gcpo.advantage.server.embedding.CancellationSignal;
import io.gcpo.advantage.server.embedding.TextEmbedder;
import io.gcpo.advantage.server.embedding.TextTask;
import io.gcpo.advantage.server.grpc.twins.CallKey;
import io.gcpo.advantage.server.grpc.twins.TwinCalls;
import io.gcpo.advantage.server.pipeline.AdvantageJob;
import io.gcpo.advantage.server.pipeline.AdvantagePipeline;
import io.gcpo.advantage.server.pipeline.ForCompute;
import io.gcpo.advantage.server.pipeline.PipelineObserver;
import io.gcpo.advantage.server.pipeline.Stage;
import io.gcpo.advantage.server.pipeline.StageTimer;
import io.gcpo.advantage.server.pipeline.Submission;
import io.gcpo.advantage.server.pipeline.SubmissionPipeline;
import io.gcpo.advantage.server.tracing.CallTrace;
import io.gcpo.advantage.v1.AdvantageServiceGrpc;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.gcpo.advantage.v1.EmbedTextsRequest;
import io.gcpo.advantage.v1.EmbedTextsResponse;
import io.gcpo.advantage.v1.StreamAdvantagesRequest;
import io.gcpo.advantage.v1.StreamAdvantagesResponse;
import io.gcpo.advantage.v1.SubmitRolloutsRequest;
import io.gcpo.advantage.v1.SubmitRolloutsResponse;
import io.grpc.BindableService;
import io.grpc.Context;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;

/** AdvantageService: parse, hand over, reply. Thread-safe; no method blocks. */
final class AdvantageGrpcService implements BindableService {
  private final RequestParser parser;
  private final AdvantagePipeline pipeline;
  private final SubmissionPipeline submissions;
  private final ModelSelector models;
  private final Origins origins;
  private final TwinCalls twins;
  private final PipelineObserver observer;
  private final StageTimer stages;
  private final Executor compute;

  @Inject
  AdvantageGrpcService(
      RequestParser parser,
      AdvantagePipeline pipeline,
      SubmissionPipeline submissions,
      ModelSelector models,
      Origins origins,
      TwinCalls twins,
      PipelineObserver observer,
      Ticker ticker,
      @ForCompute Executor compute) {
    this.parser = parser;
    this.pipeline = pipeline;
    this.submissions = submissions;
    this.models = models;
    this.origins = origins;
    this.twins = twins;
    this.observer = observer;
    this.stages = new StageTimer(observer, ticker);
    this.compute = compute;
  }

  @Override
  public ServerServiceDefinition bindService() {
    return new DecodedService(AdvantageServiceGrpc.getServiceDescriptor())
        .unary(
            AdvantageServiceGrpc.getComputeAdvantagesMethod(),
            ComputeAdvantagesRequest.getDefaultInstance(),
            this::computeAdvantages)
        .bidi(
            AdvantageServiceGrpc.getStreamAdvantagesMethod(),
            StreamAdvantagesRequest.getDefaultInstance(),
            this::streamAdvantages)
        .unary(
            AdvantageServiceGrpc.getEmbedTextsMethod(),
            EmbedTextsRequest.getDefaultInstance(),
            this::embedTexts)
        .unary(
            AdvantageServiceGrpc.getSubmitRolloutsMethod(),
            SubmitRolloutsRequest.getDefaultInstance(),
            this::submitRollouts)
        .build();
  }

  private void computeAdvantages(
      Decoded<ComputeAdvantagesRequest> request, StreamObserver<ComputeAdvantagesResponse> reply) {
    Reply.send(
        answer(
            AdvantageServiceGrpc.getComputeAdvantagesMethod(),
            request.message().getRequestId(),
            request,
            this::compute),
        reply);
  }

  private StreamObserver<Decoded<StreamAdvantagesRequest>> streamAdvantages(
      StreamObserver<StreamAdvantagesResponse> reply) {
    return new StreamSession(
        parser,
        pipeline,
        models,
        origins,
        stages,
        (ServerCallStreamObserver<StreamAdvantagesResponse>) reply);
  }

  private void embedTexts(
      Decoded<EmbedTextsRequest> request, StreamObserver<EmbedTextsResponse> reply) {
    Reply.send(
        answer(
            AdvantageServiceGrpc.getEmbedTextsMethod(),
            request.message().getRequestId(),
            request,
            this::embed),
        reply);
  }

  private void submitRollouts(
      Decoded<SubmitRolloutsRequest> request, StreamObserver<SubmitRolloutsResponse> reply) {
    Reply.send(
        answer(
            AdvantageServiceGrpc.getSubmitRolloutsMethod(),
            request.message().getRequestId(),
            request,
            this::submit),
        reply);
  }

  private CompletableFuture<ComputeAdvantagesResponse> compute(
      Decoded<ComputeAdvantagesRequest> request, CancellationSignal signal) {
    TextEmbedder embedder =
        models.select(
            request.message().getModel(), request.message().getExpectedModelFingerprint());
    CallTrace trace = CallTrace.KEY.get(Context.current());
    Origin origin = origins.of(embedder, signal);
    AdvantageJob job = stages.timed(Stage.VALIDATE, trace, () -> parser.parse(request));
    CallNotes.caller(trace, request.message().getRequestId(), embedder.model().name());
    CallNotes.groups(trace, request.message().getGroupsList());
    return pipeline
        .compute(job, embedder, signal)
        .thenApply(
            result -> {
              CallNotes.result(trace, result);
              LostTexts.throwIfAll(result);
              return stages.timed(
                  Stage.SERIALIZE,
                  trace,
                  () ->
                      ResponseWriter.write(request.message().getRequestId(), origin, job, result));
            });
  }

  private CompletableFuture<EmbedTextsResponse> embed(
      Decoded<EmbedTextsRequest> request, CancellationSignal signal) {
    TextEmbedder embedder =
        models.select(
            request.message().getModel(), request.message().getExpectedModelFingerprint());
    CallTrace trace = CallTrace.KEY.get(Context.current());
    Origin origin = origins.of(embedder, signal);
    List<TextTask> texts = stages.timed(Stage.VALIDATE, trace, () -> parser.parseTexts(request));
    CallNotes.caller(trace, request.message().getRequestId(), embedder.model().name());
    CallNotes.texts(trace, texts.size());
    return embedder
        .embed(texts, signal)
        .thenApplyAsync(
            outcomes -> {
              CallNotes.outcomes(trace, outcomes);
              return EmbedTextsWriter.write(request.message().getRequestId(), origin, outcomes);
            },
            compute);
  }

  private CompletableFuture<SubmitRolloutsResponse> submit(
      Decoded<SubmitRolloutsRequest> request, CancellationSignal signal) {
    TextEmbedder embedder =
        models.select(
            request.message().getModel(), request.message().getExpectedModelFingerprint());
    if (!embedder.keepsEmbeddings()) {
      throw new CacheDisabledException();
    }
    CallTrace trace = CallTrace.KEY.get(Context.current());
    Origin origin = origins.of(embedder, signal);
    Submission submission =
        stages.timed(Stage.VALIDATE, trace, () -> parser.parseSubmitted(request));
    CallNotes.caller(trace, request.message().getRequestId(), embedder.model().name());
    CallNotes.texts(trace, submission.texts().size());
    return submissions
        .submit(submission, embedder, signal)
        .thenApplyAsync(
            outcomes -> {
              CallNotes.outcomes(trace, outcomes);
              return SubmitRolloutsWriter.write(
                  request.message().getRequestId(), origin, submission.texts(), outcomes);
            },
            compute);
  }

  /** Of this call, or of another that asks the same under the same id just now. */
  private <Q, A> CompletableFuture<A> answer(
      MethodDescriptor<?, A> method,
      String requestId,
      Decoded<Q> request,
      BiFunction<Decoded<Q>, CancellationSignal, CompletableFuture<A>> work) {
    ContextSignal caller = new ContextSignal(Context.current());
    if (requestId.isEmpty() || !RequestParser.isRequestId(requestId)) {
      return started(work, request, caller);
    }
    CallKey key = new CallKey(method.getFullMethodName(), Caller.name(), requestId);
    return twins.join(key, request, caller, signal -> started(work, request, signal));
  }

  /** What the work throws before it has begun becomes its failure. */
  private <Q, A> CompletableFuture<A> started(
      BiFunction<Decoded<Q>, CancellationSignal, CompletableFuture<A>> work,
      Decoded<Q> request,
      CancellationSignal signal) {
    try {
      return work.apply(request, signal);
    } catch (InvalidRequestException refused) {
      observer.requestRefused(refused.violations());
      return CompletableFuture.failedFuture(refused);
    } catch (RuntimeException | Error refused) {
      // Errors too: gRPC would end the call with UNKNOWN.
      return CompletableFuture.failedFuture(refused);
    }
  }
}
