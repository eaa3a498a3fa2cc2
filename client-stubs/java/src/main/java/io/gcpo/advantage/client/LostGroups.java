// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import com.google.rpc.Code;
import io.gcpo.advantage.v1.GroupResult;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** Groups that failed alone, and for the moment: another attempt may well succeed. */
final class LostGroups {
  private LostGroups() {}

  static boolean isLost(GroupResult result) {
    return result.hasError() && result.getError().getCode() == Code.UNAVAILABLE.getNumber();
  }

  /** The places of such results. */
  static List<Integer> places(List<GroupResult> results) {
    return IntStream.range(0, results.size()).filter(i -> isLost(results.get(i))).boxed().toList();
  }

  /**
   * Nanoseconds to wait before they are sent again; empty: they are not.
   *
   * @param lost at least one
   * @param failures so far, this one included
   */
  static OptionalLong waitNanos(RetryRules rules, List<GroupResult> lost, int failures) {
    long longest = 0;
    for (GroupResult result : lost) {
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
