// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.util.Durations;
import com.google.rpc.BadRequest;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.QuotaFailure;
import com.google.rpc.RetryInfo;
import com.google.rpc.Status;
import io.gcpo.advantage.server.auth.UnauthenticatedException;
import io.gcpo.advantage.server.embedding.DeviceMemoryException;
import io.gcpo.advantage.server.embedding.EmbeddingUnavailableException;
import io.gcpo.advantage.server.embedding.NonFiniteEmbeddingException;
import io.gcpo.advantage.server.embedding.PredictedWaitException;
import io.gcpo.advantage.server.embedding.QueueFullException;
import io.gcpo.advantage.server.grpc.admission.BodyTimeoutException;
import io.gcpo.advantage.server.grpc.admission.BudgetExhaustedException;
import io.gcpo.advantage.server.grpc.admission.DeclaredSizeException;
import io.gcpo.advantage.server.grpc.admission.OversizeException;
import io.gcpo.advantage.server.grpc.quota.QuotaExceededException;
import io.gcpo.advantage.server.grpc.twins.RequestIdReusedException;
import io.gcpo.advantage.server.pipeline.GroupRejection;
import io.gcpo.advantage.server.pipeline.Violation;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one table from failures to statuses; nothing else makes a status. A status carries a stable
 * reason ({@link ErrorInfo}), the bad fields where there are any, and never a cause: causes go to
 * the log, here and once.
 */
final class ErrorStatusMapper {
  private static final Logger LOG = LoggerFactory.getLogger(ErrorStatusMapper.class);
  private static final String DOMAIN = "advantage.gcpo.io";

  /** Where nobody knows better. */
  private static final Duration RETRY_AFTER = Duration.ofMillis(500);

  /** A call's status travels in its trailers, of which callers take 8 KiB. */
  private static final int MAX_LISTED_OF_CALL = 8;

  /** A group's travels in the answer, which may have thousands of groups. */
  private static final int MAX_LISTED_OF_GROUP = 64;

  /** What gRPC's own retries wait for; RetryInfo says the same to people's code. */
  private static final Metadata.Key<String> RETRY_PUSHBACK =
      Metadata.Key.of("grpc-retry-pushback-ms", Metadata.ASCII_STRING_MARSHALLER);

  private ErrorStatusMapper() {}

  /** The status of a call that failed as a whole; {@code context} is the call's. */
  static StatusRuntimeException toException(Throwable failure, Context context) {
    Throwable cause = unwrapped(failure);
    Status status = cause instanceof CancellationException ? cancelled(context) : statusOf(cause);
    Metadata trailers = new Metadata();
    if (status.getCode() == Code.UNAVAILABLE.getNumber()
        || cause instanceof QuotaExceededException) {
      trailers.put(RETRY_PUSHBACK, Long.toString(retryAfter(cause).toMillis()));
    }
    return StatusProto.toStatusRuntimeException(status, trailers);
  }

  /** Ends a call that got no further than its guards, or that nothing else ends. */
  static void close(ServerCall<?, ?> call, Throwable failure) {
    closeWith(call, toException(failure, Context.current()));
  }

  /** Ends a call whose {@code context} has ended. */
  static void close(ServerCall<?, ?> call, Context context) {
    closeWith(call, toException(new CancellationException(), context));
  }

  private static void closeWith(ServerCall<?, ?> call, StatusRuntimeException ending) {
    Metadata trailers = ending.getTrailers();
    call.close(ending.getStatus(), trailers == null ? new Metadata() : trailers);
  }

  /** The status of a group that was refused for want of room or of time; empty: worse happened. */
  static Optional<Status> refusalOfGroup(Throwable failure) {
    Throwable cause = unwrapped(failure);
    return cause instanceof QueueFullException
            || cause instanceof RejectedExecutionException
            || cause instanceof PredictedWaitException
        ? Optional.of(statusOf(cause))
        : Optional.empty();
  }

  /** Whether another attempt at what ended so may well succeed. */
  static boolean mayComeAgain(Status status) {
    return status.getCode() == Code.UNAVAILABLE.getNumber();
  }

  /** The status of one group. */
  static Status statusOf(GroupRejection rejection) {
    GroupRejection.Reason reason = rejection.reason();
    return switch (reason) {
      case INVALID_FIELD, LIMIT, INPUT_TOO_LONG ->
          invalid(reason.name(), rejection.violations(), MAX_LISTED_OF_GROUP);
      case CONTENT_NOT_FOUND -> notFound(rejection);
      case DEVICE_OOM -> outOfMemory();
      case WORKER_RESTARTING -> unavailable();
      case NON_FINITE_EMBEDDING -> notFinite();
      case NON_FINITE_RESULT, INTERNAL ->
          status(Code.INTERNAL, reason.name(), "a defect of the server; its log says more").build();
    };
  }

  private static Status statusOf(Throwable failure) {
    if (failure instanceof InvalidRequestException invalid) {
      return invalid(invalid.reason(), invalid.violations(), MAX_LISTED_OF_CALL);
    }
    if (failure instanceof UnauthenticatedException unknown) {
      return status(Code.UNAUTHENTICATED, unknown.reason().name(), unknown.getMessage()).build();
    }
    if (failure instanceof ModelMismatchException mismatch) {
      return status(Code.FAILED_PRECONDITION, "MODEL_FINGERPRINT_MISMATCH", mismatch.getMessage())
          .build();
    }
    if (failure instanceof UnknownModelException unknown) {
      return status(Code.NOT_FOUND, "MODEL_NOT_FOUND", unknown.getMessage()).build();
    }
    if (failure instanceof CacheDisabledException disabled) {
      return status(Code.FAILED_PRECONDITION, "CACHE_DISABLED", disabled.getMessage()).build();
    }
    if (failure instanceof RequestIdReusedException reused) {
      return status(Code.FAILED_PRECONDITION, "REQUEST_ID_REUSED", reused.getMessage()).build();
    }
    if (failure instanceof QueueFullException full) {
      return retryable("QUEUE_FULL", full.getMessage(), retryAfter(full));
    }
    if (failure instanceof PredictedWaitException late) {
      return status(Code.DEADLINE_EXCEEDED, "PREDICTED_WAIT", late.getMessage()).build();
    }
    if (failure instanceof RejectedExecutionException) {
      return retryable("QUEUE_FULL", "too many groups wait for a core", retryAfter(failure));
    }
    if (failure instanceof BudgetExhaustedException full) {
      return retryable("QUEUE_FULL", full.getMessage(), retryAfter(full));
    }
    if (failure instanceof QuotaExceededException excess) {
      return overQuota(excess);
    }
    if (failure instanceof StoppingException stopping) {
      return retryable("DRAINING", stopping.getMessage(), retryAfter(stopping));
    }
    if (failure instanceof BodyTimeoutException slow) {
      return status(Code.DEADLINE_EXCEEDED, "BODY_TIMEOUT", slow.getMessage()).build();
    }
    if (failure instanceof DeclaredSizeException || failure instanceof OversizeException) {
      return status(Code.INVALID_ARGUMENT, "LIMIT", failure.getMessage()).build();
    }
    if (failure instanceof EmbeddingUnavailableException) {
      if (failure.getCause() != null) {
        LOG.error("embedding failed", failure);
      }
      return unavailable();
    }
    if (failure instanceof DeviceMemoryException) {
      LOG.error("embedding failed", failure);
      return outOfMemory();
    }
    if (failure instanceof NonFiniteEmbeddingException) {
      LOG.error("the model answered with a value that is not finite", failure);
      return notFinite();
    }
    LOG.error("a call failed", failure);
    return status(Code.INTERNAL, "INTERNAL", "a defect of the server; its log says more").build();
  }

  private static Status unavailable() {
    return retryable("WORKER_RESTARTING", "the model is not available", RETRY_AFTER);
  }

  private static Status outOfMemory() {
    return retryable("DEVICE_OOM", "the device has no memory for it", RETRY_AFTER);
  }

  private static Status notFinite() {
    return status(Code.INTERNAL, "NON_FINITE_EMBEDDING", "a defect of the model").build();
  }

  /**
   * Work stops for a caller that has gone and for one whose time is up: the latter is still there.
   */
  private static Status cancelled(Context context) {
    Deadline deadline = context.getDeadline();
    if (deadline != null && deadline.isExpired()) {
      return status(Code.DEADLINE_EXCEEDED, "DEADLINE_EXCEEDED", "the deadline has passed").build();
    }
    return status(Code.CANCELLED, "CANCELLED", "the caller has gone").build();
  }

  private static Status invalid(String reason, List<Violation> violations, int maxListed) {
    List<Violation> listed = violations.subList(0, Math.min(violations.size(), maxListed));
    String message = listed.stream().map(Violation::toString).collect(Collectors.joining("; "));
    if (listed.size() < violations.size()) {
      message += "; and %d more".formatted(violations.size() - listed.size());
    }
    return status(Code.INVALID_ARGUMENT, reason, message)
        .addDetails(Any.pack(fields(listed)))
        .build();
  }

  /** Lists every field, as the caller is to send them all again. */
  private static Status notFound(GroupRejection rejection) {
    String message =
        "%d contents are not known (expected: submitted before, or their texts)"
            .formatted(rejection.violations().size());
    return status(Code.FAILED_PRECONDITION, rejection.reason().name(), message)
        .addDetails(Any.pack(fields(rejection.violations())))
        .build();
  }

  private static BadRequest fields(List<Violation> violations) {
    BadRequest.Builder fields = BadRequest.newBuilder();
    for (Violation violation : violations) {
      fields
          .addFieldViolationsBuilder()
          .setField(violation.field())
          .setDescription(violation.problem());
    }
    return fields.build();
  }

  /** What the two ways of saying it both say. */
  private static Duration retryAfter(Throwable failure) {
    if (failure instanceof QueueFullException full) {
      return full.retryAfter();
    }
    if (failure instanceof QuotaExceededException excess) {
      return excess.retryAfter();
    }
    return failure instanceof BudgetExhaustedException full ? full.retryAfter() : RETRY_AFTER;
  }

  private static Status retryable(String reason, @Nullable String message, Duration retryAfter) {
    return status(Code.UNAVAILABLE, reason, message)
        .addDetails(Any.pack(retryInfo(retryAfter)))
        .build();
  }

  /** Not UNAVAILABLE: it is this client that asks for too much, and another server would agree. */
  private static Status overQuota(QuotaExceededException excess) {
    QuotaFailure.Builder quota = QuotaFailure.newBuilder();
    quota
        .addViolationsBuilder()
        .setSubject("client:" + excess.client())
        .setDescription(String.valueOf(excess.getMessage()));
    return status(Code.RESOURCE_EXHAUSTED, "QUOTA", excess.getMessage())
        .addDetails(Any.pack(quota.build()))
        .addDetails(Any.pack(retryInfo(excess.retryAfter())))
        .build();
  }

  private static RetryInfo retryInfo(Duration delay) {
    return RetryInfo.newBuilder().setRetryDelay(Durations.fromMillis(delay.toMillis())).build();
  }

  private static Status.Builder status(Code code, String reason, @Nullable String message) {
    return Status.newBuilder()
        .setCode(code.getNumber())
        .setMessage(String.valueOf(message))
        .addDetails(Any.pack(ErrorInfo.newBuilder().setReason(reason).setDomain(DOMAIN).build()));
  }

  private static Throwable unwrapped(Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }
}
