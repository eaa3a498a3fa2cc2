// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import io.gcpo.advantage.v1.AdvantageServiceGrpc;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.gcpo.advantage.v1.EmbedTextsRequest;
import io.gcpo.advantage.v1.EmbedTextsResponse;
import io.gcpo.advantage.v1.GetServerInfoRequest;
import io.gcpo.advantage.v1.GetServerInfoResponse;
import io.gcpo.advantage.v1.InfoServiceGrpc;
import io.gcpo.advantage.v1.SubmitRolloutsRequest;
import io.gcpo.advantage.v1.SubmitRolloutsResponse;
import io.grpc.Channel;
import io.grpc.Deadline;
import io.grpc.ManagedChannel;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A client of the advantage service. Thread-safe; one for all threads is enough.
 *
 * <p>Every call has a deadline. A failed call throws {@link io.grpc.StatusRuntimeException}, or
 * fails its future with it; an answer that does not fit its question throws {@link
 * InvalidAnswerException}. An answer that is returned has one result for each group of the request,
 * in its order, with one finite advantage for each rollout or with that group's error. A group's
 * error is data: look at {@code GroupResult.getOutcomeCase()}. Where a request names a model, its
 * answer is that model's.
 *
 * <p>UNAVAILABLE is retried, up to four attempts inside the deadline; nothing else is. Connections
 * are plain text.
 */
public final class AdvantageClient implements AutoCloseable {
  private static final Duration CLOSE_GRACE = Duration.ofSeconds(5);

  private final Channel channel;
  private final Duration deadline;
  private final Runnable closer;

  private AdvantageClient(Channel channel, Duration deadline, Runnable closer) {
    this.channel = channel;
    this.deadline = deadline;
    this.closer = closer;
  }

  /** A client for {@code host:port} or a gRPC target such as {@code dns:///host:port}. */
  public static AdvantageClient connect(String target) {
    return connect(AdvantageClientOptions.builder(target).build());
  }

  /** A client with a channel of its own. Connects at the first call. */
  public static AdvantageClient connect(AdvantageClientOptions options) {
    ManagedChannel channel = Channels.open(options);
    return new AdvantageClient(channel, options.deadline(), () -> shutDown(channel));
  }

  /**
   * A client over a channel that stays the caller's: {@link #close} leaves it open, and retries are
   * what the channel was built with.
   *
   * @throws IllegalArgumentException if the deadline is not positive
   */
  public static AdvantageClient over(Channel channel, Duration deadline) {
    return new AdvantageClient(channel, AdvantageClientOptions.requirePositive(deadline), () -> {});
  }

  /** The advantages of the request's groups, in its order. Blocks; an interrupt cancels. */
  public ComputeAdvantagesResponse compute(ComputeAdvantagesRequest request) {
    return AnswerCheck.checked(
        request,
        AdvantageServiceGrpc.newBlockingStub(channel)
            .withDeadlineAfter(deadline)
            .computeAdvantages(request));
  }

  /** As {@link #compute}, at once; cancelling the future cancels the call. */
  public CompletableFuture<ComputeAdvantagesResponse> computeAsync(
      ComputeAdvantagesRequest request) {
    return compute(request, deadline());
  }

  /**
   * As {@link #computeAsync}, for texts that were {@link #submit submitted}: sends their hashes,
   * with the texts for kernels of text only, and the request as it is where the server lacks some
   * of them, or where a metric needs texts. The deadline is for both together. A text is found
   * under the model it was submitted for: both requests must name the same one, or none.
   */
  public CompletableFuture<ComputeAdvantagesResponse> computePrefetched(
      ComputeAdvantagesRequest request) {
    Deadline deadline = deadline();
    CompletableFuture<ComputeAdvantagesResponse> hashed =
        compute(Prefetched.withHashes(request), deadline);
    return Resend.of(hashed, Prefetched::lacksText, () -> compute(request, deadline));
  }

  /**
   * Has texts embedded and kept, so that {@link #computePrefetched} finds them: to be called as
   * each rollout finishes. At once; cancelling the future cancels the call. FAILED_PRECONDITION,
   * reason CACHE_DISABLED, where the server keeps nothing.
   */
  public CompletableFuture<SubmitRolloutsResponse> submit(SubmitRolloutsRequest request) {
    FutureObserver<SubmitRolloutsRequest, SubmitRolloutsResponse> observer =
        new FutureObserver<>(answer -> AnswerCheck.checked(request, answer));
    AdvantageServiceGrpc.newStub(channel)
        .withDeadlineAfter(deadline)
        .submitRollouts(request, observer);
    return observer.future();
  }

  /** The embeddings of the request's texts, [n, d]. Blocks; an interrupt cancels. */
  public EmbedTextsResponse embed(EmbedTextsRequest request) {
    return AnswerCheck.checked(
        request,
        AdvantageServiceGrpc.newBlockingStub(channel)
            .withDeadlineAfter(deadline)
            .embedTexts(request));
  }

  /** As {@link #embed}, at once; cancelling the future cancels the call. */
  public CompletableFuture<EmbedTextsResponse> embedAsync(EmbedTextsRequest request) {
    FutureObserver<EmbedTextsRequest, EmbedTextsResponse> observer =
        new FutureObserver<>(answer -> AnswerCheck.checked(request, answer));
    AdvantageServiceGrpc.newStub(channel).withDeadlineAfter(deadline).embedTexts(request, observer);
    return observer.future();
  }

  /** What the server is, takes and does by default. Blocks; an interrupt cancels. */
  public GetServerInfoResponse info() {
    return InfoServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(deadline)
        .getServerInfo(GetServerInfoRequest.getDefaultInstance());
  }

  /**
   * Refuses new calls, gives calls in flight five seconds to end and cancels the rest. Does nothing
   * to a channel that was handed in.
   */
  @Override
  public void close() {
    closer.run();
  }

  private CompletableFuture<ComputeAdvantagesResponse> compute(
      ComputeAdvantagesRequest request, Deadline within) {
    FutureObserver<ComputeAdvantagesRequest, ComputeAdvantagesResponse> observer =
        new FutureObserver<>(answer -> AnswerCheck.checked(request, answer));
    AdvantageServiceGrpc.newStub(channel).withDeadline(within).computeAdvantages(request, observer);
    return observer.future();
  }

  private Deadline deadline() {
    return Deadline.after(deadline.toNanos(), TimeUnit.NANOSECONDS);
  }

  private static void shutDown(ManagedChannel channel) {
    channel.shutdown();
    try {
      if (!channel.awaitTermination(CLOSE_GRACE.toMillis(), TimeUnit.MILLISECONDS)) {
        channel.shutdownNow();
      }
    } catch (InterruptedException interrupted) {
      channel.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
