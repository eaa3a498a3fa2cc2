// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import io.gcpo.advantage.v1.GroupResult;
import io.gcpo.advantage.v1.RolloutGroup;
import io.grpc.Deadline;
import java.util.concurrent.CompletableFuture;

/** A group of a stream and the future of its result. */
record WaitingGroup(RolloutGroup group, Deadline deadline, CompletableFuture<GroupResult> result) {
  String id() {
    return group.getGroupId();
  }
}
