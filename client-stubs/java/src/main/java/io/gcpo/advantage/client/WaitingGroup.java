// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import io.gcpo.advantage.v1.GroupResult;
import io.gcpo.advantage.v1.RolloutGroup;
import io.grpc.Deadline;
import io.grpc.Status;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A group of a stream and the future of its result. */
record WaitingGroup(RolloutGroup group, Deadline deadline, CompletableFuture<GroupResult> result) {
  String id() {
    return group.getGroupId();
  }

  /** Fails the future where it still waits, {@code time} after the group was sent. */
  void expire(Duration time) {
    result.completeExceptionally(
        Status.DEADLINE_EXCEEDED
            .withDescription("group \"%s\": no result within %s".formatted(id(), time))
            .asRuntimeException());
  }
}
