// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.rpc.ErrorInfo;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.protobuf.StatusProto;

/** Finds the reason that a failed call gave. */
final class ErrorReason {
  private ErrorReason() {}

  /** The reason in the {@link ErrorInfo} of the trailers; empty if there is none. */
  static String of(Status status, Metadata trailers) {
    try {
      for (Any detail : StatusProto.fromStatusAndTrailers(status, trailers).getDetailsList()) {
        if (detail.is(ErrorInfo.class)) {
          return detail.unpack(ErrorInfo.class).getReason();
        }
      }
      return "";
    } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
      return "";
    }
  }
}
