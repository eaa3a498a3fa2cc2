// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import com.google.rpc.ErrorInfo;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import org.jspecify.annotations.Nullable;

/**
 * The client whose token it is has used up its quota, for longer than the call had time: others are
 * answered meanwhile. The trailers say when there is room again.
 */
public final class QuotaExceededException extends StatusRuntimeException {
  private static final long serialVersionUID = 1;
  private static final String REASON = "QUOTA";

  QuotaExceededException(Status status, @Nullable Metadata trailers) {
    super(status, trailers);
  }

  /** Whether it was for a quota: a message that is too large has the same code. */
  static boolean isWhy(Throwable failure) {
    return failure instanceof StatusRuntimeException refused
        && refused.getStatus().getCode() == Status.Code.RESOURCE_EXHAUSTED
        && StatusDetails.of(refused)
            .flatMap(details -> StatusDetails.find(details, ErrorInfo.class))
            .filter(info -> info.getReason().equals(REASON))
            .isPresent();
  }

  /** One of these in place of a failure that a quota is the reason of; else the failure. */
  static Throwable in(Throwable failure) {
    return failure instanceof StatusRuntimeException refused && isWhy(refused)
        ? new QuotaExceededException(refused.getStatus(), refused.getTrailers())
        : failure;
  }
}
