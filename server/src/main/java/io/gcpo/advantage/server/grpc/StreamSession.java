// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import com.google.rpc.Status;
import io.gcpo.advantage.server.embedding.TextEmbedder;
import io.gcpo.advantage.server.pipeline.AdvantageJob;
import io.gcpo.advantage.server.pipeline.AdvantagePipeline;
import io.gcpo.advantage.server.pipeline.AdvantageResult;
import io.gcpo.advantage.server.pipeline.GroupOutcome;
import io.gcpo.advantage.server.pipeline.Stage;
import io.gcpo.advantage.server.pipeline.StageTimer;
import io.gcpo.advantage.server.pipeline.Violation;
import io.gcpo.advantage.server.tracing.CallTrace;
import io.gcpo.advantage.v1.GroupResult;
import io.gcpo.advantage.v1.RolloutGroup;
import io.gcpo.advantage.v1.StreamAdvantagesRequest;
import io.gcpo.advantage.v1.StreamAdvantagesRequest.PayloadCase;
import io.gcpo.advantage.v1.StreamAdvantagesResponse;
import io.gcpo.advantage.v1.StreamHeader;
import io.grpc.Context;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One StreamAdvantages call: a header, then groups, each computed as it comes and answered when it
 * is ready.
 *
 * <p>Back-pressure: at most {@link #MAX_IN_FLIGHT} groups are in flight; the next message is
 * requested when one of them has been answered and the caller takes answers, so that one who never
 * reads has few kept for him. Messages come in on one thread at a time; answers go out from compute
 * threads under this object's lock, since gRPC's observers take one caller at a time.
 */
final class StreamSession implements StreamObserver<Decoded<StreamAdvantagesRequest>> {
  private static final int MAX_IN_FLIGHT = 64;

  private final RequestParser parser;
  private final AdvantagePipeline pipeline;
  private final ModelSelector models;
  private final Origins origins;
  private final StageTimer stages;
  private final ServerCallStreamObserver<StreamAdvantagesResponse> call;
  private final Context context = Context.current();
  private final CallTrace trace = CallTrace.KEY.get(context);

  /** Of the groups that came, but for those that may come again. */
  private final Set<String> groupIds = ConcurrentHashMap.newKeySet();

  private @Nullable StreamHeader header;
  private @Nullable TextEmbedder embedder;

  @GuardedBy("this")
  private int inFlight;

  /** Answered, and not asked for anew yet. */
  @GuardedBy("this")
  private int owed;

  @GuardedBy("this")
  private boolean halfClosed;

  @GuardedBy("this")
  private boolean closed;

  StreamSession(
      RequestParser parser,
      AdvantagePipeline pipeline,
      ModelSelector models,
      Origins origins,
      StageTimer stages,
      ServerCallStreamObserver<StreamAdvantagesResponse> call) {
    this.parser = parser;
    this.pipeline = pipeline;
    this.models = models;
    this.origins = origins;
    this.stages = stages;
    this.call = call;
    call.disableAutoRequest();
    call.setOnCancelHandler(this::abandon);
    call.setOnReadyHandler(this::askForOwed);
    call.request(MAX_IN_FLIGHT);
  }

  @Override
  public void onNext(Decoded<StreamAdvantagesRequest> decoded) {
    try {
      accept(decoded);
    } catch (RuntimeException | Error refused) {
      // Errors too: gRPC would end the call with UNKNOWN.
      fail(refused);
    }
  }

  @Override
  public void onError(Throwable gone) {
    abandon();
  }

  @Override
  public synchronized void onCompleted() {
    halfClosed = true;
    completeIfDone();
  }

  private void accept(Decoded<StreamAdvantagesRequest> decoded) {
    StreamAdvantagesRequest message = decoded.message();
    if (message.getPayloadCase() == PayloadCase.PAYLOAD_NOT_SET
        && !decoded.violations().isEmpty()) {
      throw new InvalidRequestException("INVALID_FIELD", decoded.violations());
    }
    if (header == null || embedder == null) {
      StreamHeader first = header(message, decoded.violations());
      embedder = models.select(first.getModel(), first.getExpectedModelFingerprint());
      header = first;
      CallNotes.caller(trace, first.getRequestId(), embedder.model().name());
      call.request(1);
      return;
    }
    if (message.getPayloadCase() != PayloadCase.GROUP) {
      throw invalid(message, "expected: a group, as the header was sent");
    }
    RolloutGroup group = message.getGroup();
    List<Violation> known = new ArrayList<>(decoded.violations());
    // An id over its limit is refused by the parser; it must not be kept for the stream's life.
    if (group.getGroupId().length() <= GroupParser.MAX_ID_CHARACTERS
        && !groupIds.add(group.getGroupId())) {
      known.add(new Violation("group.group_id", "sent before (expected: unique in the stream)"));
    }
    synchronized (this) {
      inFlight++;
    }
    CallTrace part = trace.part("group");
    CallNotes.groups(part, List.of(group));
    compute(group, known, header, embedder, part);
  }

  private void compute(
      RolloutGroup group,
      List<Violation> known,
      StreamHeader header,
      TextEmbedder embedder,
      CallTrace part) {
    AdvantageJob job = stages.timed(Stage.VALIDATE, part, () -> parser.parse(group, header, known));
    ContextSignal signal = new ContextSignal(context, part);
    Origin origin = origins.of(embedder, signal);
    CompletableFuture<?> answered =
        pipeline
            .compute(job, embedder, signal)
            .handle((result, failure) -> answer(group.getGroupId(), origin, part, result, failure));
    answered.exceptionally(
        broken -> {
          fail(broken);
          return null;
        });
  }

  private StreamHeader header(StreamAdvantagesRequest message, List<Violation> known) {
    if (message.getPayloadCase() != PayloadCase.HEADER) {
      throw invalid(message, "expected: the header first");
    }
    parser.check(message.getHeader(), known);
    return message.getHeader();
  }

  private static InvalidRequestException invalid(
      StreamAdvantagesRequest message, String expectation) {
    String actual = message.getPayloadCase().name().toLowerCase(Locale.ROOT);
    return new InvalidRequestException(
        "INVALID_FIELD", List.of(new Violation("payload", actual + " (" + expectation + ")")));
  }

  private @Nullable Void answer(
      String groupId,
      Origin origin,
      CallTrace part,
      @Nullable AdvantageResult result,
      @Nullable Throwable failure) {
    if (result != null) {
      GroupOutcome outcome = result.outcomes().get(0);
      GroupResult message =
          stages.timed(Stage.SERIALIZE, part, () -> GroupResultWriter.write(outcome));
      CallNotes.endGroup(part, result);
      send(message, origin);
      return null;
    }
    part.end("FAILED");
    Throwable why = failure == null ? new IllegalStateException("no result") : failure;
    Optional<Status> refusal = ErrorStatusMapper.refusalOfGroup(why);
    if (refusal.isPresent()) {
      // There is no room for this group; the others of the stream are none the worse.
      send(GroupResult.newBuilder().setGroupId(groupId).setError(refusal.get()).build(), origin);
    } else {
      fail(why);
    }
    return null;
  }

  private void send(GroupResult result, Origin origin) {
    StreamAdvantagesResponse response =
        StreamAdvantagesResponse.newBuilder()
            .setResult(result)
            .setModel(ResponseWriter.write(origin.model()))
            .setOrigin(origin.server())
            .build();
    if (ErrorStatusMapper.mayComeAgain(result.getError())) {
      // It needs no call of its own for that.
      groupIds.remove(result.getGroupId());
    }
    synchronized (this) {
      inFlight--;
      if (!closed) {
        call.onNext(response);
        owed++;
        askForOwed();
        completeIfDone();
      }
    }
  }

  /** As many further messages as were answered, once the caller has room for more answers. */
  private synchronized void askForOwed() {
    if (owed > 0 && !closed && call.isReady()) {
      call.request(owed);
      owed = 0;
    }
  }

  @GuardedBy("this")
  private void completeIfDone() {
    if (halfClosed && inFlight == 0 && !closed) {
      closed = true;
      call.onCompleted();
    }
  }

  private synchronized void fail(Throwable failure) {
    if (!closed) {
      closed = true;
      call.onError(ErrorStatusMapper.toException(failure, context));
    }
  }

  private synchronized void abandon() {
    closed = true;
  }
}
