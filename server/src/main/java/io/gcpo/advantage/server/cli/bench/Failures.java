// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli.bench;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import com.google.rpc.Status;
import io.gcpo.advantage.client.InvalidAnswerException;
import io.grpc.protobuf.StatusProto;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;

/** Failures by what they are, with how often each came. Not thread-safe. */
final class Failures {
  /** An answer that does not fit its question. */
  static final String WRONG_ANSWER = "WRONG_ANSWER";

  /** A call that the driver had no memory for. */
  static final String NOT_SENT = "NOT_SENT";

  /** A call without an answer when the driver stopped waiting. */
  static final String UNANSWERED = "UNANSWERED";

  private final Map<String, FailureCount> counts = new LinkedHashMap<>();

  /** Counts a failure under its code and reason, and keeps the first one's message. */
  void add(Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    String message = String.valueOf(cause.getMessage());
    if (cause instanceof InvalidAnswerException) {
      add(WRONG_ANSWER, message);
      return;
    }
    Status status = StatusProto.fromThrowable(cause);
    if (status == null) {
      add(cause.getClass().getSimpleName(), message);
    } else {
      add(status);
    }
  }

  /** Counts a group's error. */
  void add(Status status) {
    Code code = Code.forNumber(status.getCode());
    String name = code == null ? "code " + status.getCode() : code.name();
    String reason = reason(status);
    add(reason.isEmpty() ? name : name + " " + reason, status.getMessage());
  }

  void add(String name, String message) {
    add(name, 1, message);
  }

  void add(String name, long count, String message) {
    counts.merge(name, new FailureCount(name, count, message), FailureCount::plus);
  }

  List<FailureCount> counts() {
    return new ArrayList<>(counts.values());
  }

  private static String reason(Status status) {
    for (Any detail : status.getDetailsList()) {
      if (detail.is(ErrorInfo.class)) {
        try {
          return detail.unpack(ErrorInfo.class).getReason();
        } catch (InvalidProtocolBufferException unreadable) {
          return "";
        }
      }
    }
    return "";
  }
}
