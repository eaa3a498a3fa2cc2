// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.BadRequest;
import com.google.rpc.Status;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import java.util.function.IntUnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Turns paths into a request into paths into the call that the request is a part of. */
final class FieldPaths {
  private static final Pattern INDEX =
      Pattern.compile("(?<![\\w.\"])(groups|texts)\\[(\\d{1,9})\\]");

  private FieldPaths() {}

  /**
   * A status with the same fields as the caller knows them, in its message too.
   *
   * @param positions from a position in the request to the one in the call
   */
  static Status moved(Status status, IntUnaryOperator positions) {
    if (status.getDetailsList().stream().noneMatch(detail -> detail.is(BadRequest.class))) {
      return status;
    }
    Status.Builder moved = status.toBuilder().setMessage(moved(status.getMessage(), positions));
    for (int i = 0; i < status.getDetailsCount(); i++) {
      moved.setDetails(i, moved(status.getDetails(i), positions));
    }
    return moved.build();
  }

  /** The same for what a call failed with. */
  static Throwable moved(Throwable failure, IntUnaryOperator positions) {
    if (!(failure instanceof StatusRuntimeException refused)) {
      return failure;
    }
    return StatusDetails.of(refused)
        .<Throwable>map(details -> moved(refused, moved(details, positions)))
        .orElse(failure);
  }

  private static StatusRuntimeException moved(StatusRuntimeException refused, Status details) {
    Metadata trailers = new Metadata();
    trailers.merge(refused.getTrailers());
    trailers.discardAll(StatusDetails.KEY);
    trailers.put(StatusDetails.KEY, details.toByteArray());
    return refused.getStatus().withDescription(details.getMessage()).asRuntimeException(trailers);
  }

  private static Any moved(Any detail, IntUnaryOperator positions) {
    if (!detail.is(BadRequest.class)) {
      return detail;
    }
    try {
      BadRequest.Builder fields = detail.unpack(BadRequest.class).toBuilder();
      fields
          .getFieldViolationsBuilderList()
          .forEach(violation -> violation.setField(moved(violation.getField(), positions)));
      return Any.pack(fields.build());
    } catch (InvalidProtocolBufferException unreadable) {
      return detail;
    }
  }

  private static String moved(String text, IntUnaryOperator positions) {
    return INDEX
        .matcher(text)
        .replaceAll(
            found -> "%s[%d]".formatted(found.group(1), positions.applyAsInt(position(found))));
  }

  private static int position(MatchResult found) {
    return Integer.parseInt(found.group(2));
  }
}
