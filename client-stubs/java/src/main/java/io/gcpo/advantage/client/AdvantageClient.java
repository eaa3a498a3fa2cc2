// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import io.gcpo.advantage.v1.AdvantageServiceGrpc;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.gcpo.advantage.v1.EmbedTextsRequest;
import io.gcpo.advantage.v1.EmbedTextsResponse;
import io.gcpo.advantage.v1.GetServerInfoResponse;
import io.gcpo.advantage.v1.StreamHeader;
import io.gcpo.advantage.v1.SubmitRolloutsRequest;
import io.gcpo.advantage.v1.SubmitRolloutsResponse;
import io.grpc.Channel;
import io.grpc.Context;
import io.grpc.Deadline;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A client of the advantage service. Thread-safe; one for all threads is enough.
 *
 * <p>Every call has a deadline, within which it is repeated as {@link RetryPolicy} says. A failed
 * call throws {@link io.grpc.StatusRuntimeException}, or fails its future with it; an answer that
 * does not fit its question throws {@link InvalidAnswerException}. An answer that is returned has
 * one result for each group of the request, in its order, with one finite advantage for each
 * rollout or with that group's error, and was computed from the texts and rewards that were sent. A
 * group's error is data: look at {@code GroupResult.getOutcomeCase()}; one that is UNAVAILABLE was
 * sent again before, as a call would have been. Where a request names a model or its fingerprint,
 * its answer is that model's; a server of another fingerprint refuses with FAILED_PRECONDITION,
 * reason MODEL_FINGERPRINT_MISMATCH. A request without an id gets a random one.
 *
 * <p>A request over the server's limits is sent in parts, side by side, and answered as one; what
 * cannot be taken apart fails with RESOURCE_EXHAUSTED. For that the server is asked for its limits
 * once. Parts that two versions of the server answered are asked for again a few times.
 *
 * <p>Futures are completed by threads of gRPC and by the few of a timer: what is attached to them
 * must not block; use the {@code Async} methods of {@link CompletableFuture} for more.
 */
public final class AdvantageClient implements AutoCloseable {
  private final Duration deadline;
  private final UnaryCaller caller;
  private final ServerInfoCache info;
  private final ComputeCalls computes;
  private final EmbedCalls embeds;

  private AdvantageClient(Connections connections, Duration deadline, RetryPolicy retryPolicy) {
    this.deadline = deadline;
    this.caller = new UnaryCaller(connections, RetryRules.of(retryPolicy), new DaemonTimer());
    this.info = new ServerInfoCache(caller);
    // Two for each connection: one is written while the other is worked on.
    int width = 2 * connections.size();
    this.computes = new ComputeCalls(caller, info, width);
    this.embeds = new EmbedCalls(caller, info, width);
  }

  /** A client for {@code host:port} or a gRPC target such as {@code dns:///host:port}. */
  public static AdvantageClient connect(String target) {
    return connect(AdvantageClientOptions.builder(target).build());
  }

  /**
   * A client with connections of its own. Connects at the first call.
   *
   * @throws IllegalArgumentException if a file for TLS cannot be read
   */
  public static AdvantageClient connect(AdvantageClientOptions options) {
    return new AdvantageClient(Channels.open(options), options.deadline(), options.retryPolicy());
  }

  /**
   * A client over a channel that stays the caller's: {@link #close} leaves it open. Calls are
   * repeated by default; a channel with retries of its own multiplies the attempts.
   *
   * @throws IllegalArgumentException if the deadline is not positive
   */
  public static AdvantageClient over(Channel channel, Duration deadline) {
    return new AdvantageClient(
        Connections.over(channel),
        Options.requirePositive("deadline", deadline),
        RetryPolicy.DEFAULT);
  }

  /** The advantages of the request's groups, in its order. Blocks; an interrupt cancels. */
  public ComputeAdvantagesResponse compute(ComputeAdvantagesRequest request) {
    return Blocking.await(computeAsync(request));
  }

  /** As {@link #compute}, at once; cancelling the future cancels the call. */
  public CompletableFuture<ComputeAdvantagesResponse> computeAsync(
      ComputeAdvantagesRequest request) {
    return computes.compute(request, deadline());
  }

  /**
   * As {@link #computeAsync}, for texts that were {@link #submit submitted}: sends their hashes,
   * and the groups of which the server lacks a text once more with their texts. The deadline is for
   * both together. A text is found under the model it was submitted for: both requests must name
   * the same one, or none.
   */
  public CompletableFuture<ComputeAdvantagesResponse> computePrefetched(
      ComputeAdvantagesRequest request) {
    return computes.computePrefetched(request, deadline());
  }

  /**
   * Has texts embedded and kept, so that {@link #computePrefetched} finds them: to be called as
   * each rollout finishes, with no more texts than one request takes. At once; cancelling the
   * future cancels the call, and forgetting it does no harm. FAILED_PRECONDITION, reason
   * CACHE_DISABLED, where the server keeps nothing.
   */
  public CompletableFuture<SubmitRolloutsResponse> submit(SubmitRolloutsRequest request) {
    SubmitRolloutsRequest sent = RequestIds.fill(request);
    return caller.call(
        AdvantageServiceGrpc.getSubmitRolloutsMethod(),
        sent,
        deadline(),
        answer -> AnswerCheck.checked(sent, answer));
  }

  /** The embeddings of the request's texts, [n, d]. Blocks; an interrupt cancels. */
  public EmbedTextsResponse embed(EmbedTextsRequest request) {
    return Blocking.await(embedAsync(request));
  }

  /** As {@link #embed}, at once; cancelling the future cancels the call. */
  public CompletableFuture<EmbedTextsResponse> embedAsync(EmbedTextsRequest request) {
    return embeds.embed(request, deadline());
  }

  /**
   * A stream for groups that are sent as they finish and answered as they are ready. Connects at
   * the first group.
   *
   * @param header what holds for all its groups; no estimator that normalises over a request
   */
  public AdvantageStream stream(StreamHeader header) {
    return new AdvantageStream(new StreamSession(RequestIds.fill(header), caller, deadline));
  }

  /** What the server is, takes and does by default. Blocks; an interrupt cancels. */
  public GetServerInfoResponse info() {
    return Blocking.await(info.fetch(deadline()));
  }

  /**
   * Refuses new calls, gives calls in flight five seconds to end and cancels the rest; calls that
   * wait for another attempt fail. Does nothing to a channel that was handed in.
   */
  @Override
  public void close() {
    caller.close();
  }

  private Deadline deadline() {
    Deadline own = Deadline.after(deadline.toNanos(), TimeUnit.NANOSECONDS);
    Deadline context = Context.current().getDeadline();
    return context == null ? own : own.minimum(context);
  }
}
