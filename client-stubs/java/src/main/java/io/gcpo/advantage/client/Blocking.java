// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Waits for what a caller asked for without a future. */
final class Blocking {
  private Blocking() {}

  /** The call's answer; throws what it failed with. An interrupt cancels it and is kept. */
  static <A> A await(CompletableFuture<A> call) {
    try {
      return call.get();
    } catch (InterruptedException interrupted) {
      call.cancel(true);
      Thread.currentThread().interrupt();
      throw Status.CANCELLED
          .withDescription("the calling thread was interrupted")
          .withCause(interrupted)
          .asRuntimeException();
    } catch (ExecutionException failed) {
      throw rethrown(failed.getCause() == null ? failed : failed.getCause());
    }
  }

  private static RuntimeException rethrown(Throwable cause) {
    if (cause instanceof Error error) {
      throw error;
    }
    if (cause instanceof StatusRuntimeException refused) {
      // With the trace of this thread, which says whose call it was.
      return refused instanceof QuotaExceededException
          ? new QuotaExceededException(refused.getStatus(), refused.getTrailers())
          : refused.getStatus().asRuntimeException(refused.getTrailers());
    }
    return cause instanceof RuntimeException failure
        ? failure
        : Status.UNKNOWN.withCause(cause).asRuntimeException();
  }
}
