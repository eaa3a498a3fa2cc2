// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import io.gcpo.advantage.v1.GroupResult;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The groups of a stream that failed alone, for the moment, and rest until they are sent again.
 * Guarded by the session's lock.
 */
final class RestingGroups {
  private final UnaryCaller caller;
  private final Set<String> resting = new HashSet<>();

  /** How often each group failed that still waits for its result. */
  private final Map<String, Integer> failures = new HashMap<>();

  /** How often the model was lost on it. */
  private final Map<String, Integer> losses = new HashMap<>();

  RestingGroups(UnaryCaller caller) {
    this.caller = caller;
  }

  /**
   * Whether the group rests from now on; if not, its result stands.
   *
   * @param again called when it has rested, from the timer
   */
  boolean take(WaitingGroup group, GroupResult result, Runnable again) {
    if (!LostGroups.isMomentary(result) || caller.connections().isClosed()) {
      return false;
    }
    if (LostGroups.isLost(result)
        && losses.merge(group.id(), 1, Integer::sum) >= RetryPolicy.MAX_LOSSES) {
      return false;
    }
    int failed = failures.merge(group.id(), 1, Integer::sum);
    OptionalLong wait = LostGroups.waitNanos(caller.rules(), List.of(result), failed);
    if (wait.isEmpty()
        || wait.getAsLong() >= group.deadline().timeRemaining(TimeUnit.NANOSECONDS)) {
      return false;
    }
    resting.add(group.id());
    Runnable callOff = caller.retryTimer().schedule(wait.getAsLong(), again);
    CompletableFuture<?> unused = group.result().whenComplete((reply, end) -> callOff.run());
    return true;
  }

  boolean contains(WaitingGroup group) {
    return resting.contains(group.id());
  }

  int size() {
    return resting.size();
  }

  /** Whether no other groups wait: each rests, or has rested and was not sent since. */
  boolean areAll(Collection<WaitingGroup> waiting, Collection<WaitingGroup> unsent) {
    return waiting.stream()
        .allMatch(
            group ->
                contains(group) || (failures.containsKey(group.id()) && unsent.contains(group)));
  }

  /** Whether the group rested until now. */
  boolean wake(WaitingGroup group) {
    return resting.remove(group.id());
  }

  /** It does not wait for its result any more; whether it rested. */
  boolean forget(WaitingGroup group) {
    failures.remove(group.id());
    losses.remove(group.id());
    return wake(group);
  }
}
