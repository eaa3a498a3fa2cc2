// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.rpc.Status;
import io.grpc.Metadata;
import io.grpc.StatusRuntimeException;
import java.util.Optional;

/** The google.rpc.Status that a failed call brings in its trailers. */
final class StatusDetails {
  static final Metadata.Key<byte[]> KEY =
      Metadata.Key.of("grpc-status-details-bin", Metadata.BINARY_BYTE_MARSHALLER);

  private StatusDetails() {}

  /** Empty where there is none, or none that can be read: the code alone must do. */
  static Optional<Status> of(StatusRuntimeException failure) {
    Metadata trailers = failure.getTrailers();
    byte[] details = trailers == null ? null : trailers.get(KEY);
    if (details == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Status.parseFrom(details));
    } catch (InvalidProtocolBufferException unreadable) {
      return Optional.empty();
    }
  }

  /** The first detail of a kind. */
  static <M extends Message> Optional<M> find(Status status, Class<M> kind) {
    for (Any detail : status.getDetailsList()) {
      if (detail.is(kind)) {
        try {
          return Optional.of(detail.unpack(kind));
        } catch (InvalidProtocolBufferException unreadable) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }
}
