// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import com.google.rpc.Code;
import com.google.rpc.ErrorInfo;
import io.gcpo.advantage.v1.GroupResult;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** Groups that failed alone, and for the moment: which of them are sent again, and when. */
final class LostGroups {
  /** Reasons of a server that has not begun with the group: no group is to blame for these. */
  private static final Set<String> NO_ROOM = Set.of("QUEUE_FULL", "DRAINING");

  private LostGroups() {}

  /** Whether another attempt may well succeed. */
  static boolean isMomentary(GroupResult result) {
    return result.hasError() && result.getError().getCode() == Code.UNAVAILABLE.getNumber();
  }

  /**
   * Whether the model was lost on the group, perhaps by its fault. Also where a reason is unknown
   * or missing: what is not bounded may cost a server its workers.
   */
  static boolean isLost(GroupResult result) {
    return isMomentary(result)
        && StatusDetails.find(result.getError(), ErrorInfo.class)
            .filter(info -> NO_ROOM.contains(info.getReason()))
            .isEmpty();
  }

  /**
   * Nanoseconds to wait before they are sent again; empty: they are not.
   *
   * @param failed at least one
   * @param failures so far, this one included
   */
  static OptionalLong waitNanos(RetryRules rules, List<GroupResult> failed, int failures) {
    long longest = 0;
    for (GroupResult result : failed) {
      OptionalLong wait = rules.waitNanos(failure(result), failures);
      if (wait.isEmpty()) {
        return wait;
      }
      longest = Math.max(longest, wait.getAsLong());
    }
    return OptionalLong.of(longest);
  }

  /** As if the group had been a call of its own. */
  private static StatusRuntimeException failure(GroupResult result) {
    Metadata trailers = new Metadata();
    trailers.put(StatusDetails.KEY, result.getError().toByteArray());
    return Status.fromCodeValue(result.getError().getCode())
        .withDescription(result.getError().getMessage())
        .asRuntimeException(trailers);
  }
}
