// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import io.gcpo.advantage.v1.GetServerInfoRequest;
import io.gcpo.advantage.v1.GetServerInfoResponse;
import io.gcpo.advantage.v1.InfoServiceGrpc;
import io.grpc.Deadline;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What the server says of its limits and estimators, asked once. Thread-safe. */
final class ServerInfoCache {
  private final UnaryCaller caller;
  private volatile @Nullable GetServerInfoResponse known;

  ServerInfoCache(UnaryCaller caller) {
    this.caller = caller;
  }

  /** What is known, else what the server says. */
  CompletableFuture<GetServerInfoResponse> get(Deadline deadline) {
    GetServerInfoResponse info = known;
    return info == null ? fetch(deadline) : CompletableFuture.completedFuture(info);
  }

  /** What the server says now. */
  CompletableFuture<GetServerInfoResponse> fetch(Deadline deadline) {
    return caller.call(
        InfoServiceGrpc.getGetServerInfoMethod(),
        GetServerInfoRequest.getDefaultInstance(),
        deadline,
        info -> {
          known = info;
          return info;
        });
  }

  /**
   * An answer that rests on what is known here. If it fails, that is forgotten: perhaps it is
   * another server by now, with other limits.
   */
  <A> Pending<A> pending() {
    Pending<A> answer = new Pending<>();
    CompletableFuture<?> unused =
        answer
            .future()
            .whenComplete(
                (reply, failure) -> {
                  if (failure != null) {
                    known = null;
                  }
                });
    return answer;
  }
}
