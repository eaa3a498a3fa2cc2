// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.client;

import io.gcpo.advantage.v1.GroupResult;
import io.gcpo.advantage.v1.RolloutGroup;
import io.gcpo.advantage.v1.StreamAdvantagesResponse;
import io.gcpo.advantage.v1.StreamHeader;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Status;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The groups of one {@link AdvantageStream} and the call that carries them now, if any.
 *
 * <p>A call is opened when groups wait and there is none, and takes all that wait. All state is
 * guarded by this object's lock; futures are completed after it is released ({@link #settle}),
 * since callers' code hangs on them. Events of a call that is no longer the present one are
 * ignored.
 */
final class StreamSession {
  private final StreamHeader header;
  private final UnaryCaller caller;
  private final Duration deadline;
  private final Context context = Context.current();
  private final Queue<Runnable> effects = new ConcurrentLinkedQueue<>();
  private final Set<String> ids = new HashSet<>();
  private final Map<String, WaitingGroup> waiting = new LinkedHashMap<>();
  private final Queue<WaitingGroup> unsent = new ArrayDeque<>();
  private final RestingGroups resting;

  /** On the way with the present call, but nobody waits for them any more. */
  private final Set<String> abandoned = new HashSet<>();

  private final Readiness ready = new Readiness();
  private @Nullable StreamCall call;
  private @Nullable Runnable callOffRetry;
  private int failures;
  private boolean closed;

  StreamSession(StreamHeader header, UnaryCaller caller, Duration deadline) {
    this.header = header;
    this.caller = caller;
    this.deadline = deadline;
    this.resting = new RestingGroups(caller);
  }

  CompletableFuture<GroupResult> send(RolloutGroup group) {
    Deadline due = Deadline.after(deadline.toNanos(), TimeUnit.NANOSECONDS);
    WaitingGroup added = new WaitingGroup(group, due, new CompletableFuture<>());
    synchronized (this) {
      if (closed) {
        throw new IllegalStateException("stream: closed (expected: open)");
      }
      if (!ids.add(added.id())) {
        throw new IllegalArgumentException(
            "group_id: \"%s\" again (expected: unique in the stream)".formatted(added.id()));
      }
      waiting.put(added.id(), added);
      unsent.add(added);
    }
    Runnable callOff = caller.timer().schedule(deadline.toNanos(), () -> added.expire(deadline));
    CompletableFuture<?> unused =
        added
            .result()
            .whenComplete(
                (result, failure) -> {
                  callOff.run();
                  giveUp(added);
                });
    proceed();
    return added.result();
  }

  CompletableFuture<@Nullable Void> ready() {
    proceed();
    synchronized (this) {
      return ready.future();
    }
  }

  void close() {
    synchronized (this) {
      closed = true;
    }
    proceed();
  }

  void cancel() {
    List<WaitingGroup> left;
    synchronized (this) {
      closed = true;
      left = List.copyOf(waiting.values());
      left.forEach(resting::forget);
      waiting.clear();
      cancelCall();
    }
    left.forEach(group -> group.result().cancel(false));
    proceed();
  }

  synchronized boolean isCurrent(StreamCall asking) {
    return call == asking;
  }

  /** Does what can be done now: opens a call, sends, ends; called after each change. */
  void proceed() {
    synchronized (this) {
      if (waiting.isEmpty()) {
        dropCall();
      } else if (call == null && callOffRetry == null && resting.size() < waiting.size()) {
        openCall();
      }
      while (call != null && !unsent.isEmpty() && call.isReady()) {
        call.send(unsent.remove().group());
      }
      if (call != null && closed && unsent.isEmpty() && resting.size() == 0) {
        call.halfClose();
      }
      effects.add(
          ready.become(
              closed || (unsent.isEmpty() && (call == null ? waiting.isEmpty() : call.isReady()))));
    }
    settle();
  }

  void answered(StreamCall from, StreamAdvantagesResponse response) {
    String id = response.getResult().getGroupId();
    WaitingGroup group;
    synchronized (this) {
      if (call != from || abandoned.remove(id)) {
        return;
      }
      group = waiting.get(id);
      if (group == null) {
        failAll(
            new InvalidAnswerException(
                "result.group_id", "\"" + id + "\"", "a group that waits for its result"));
      }
    }
    if (group != null) {
      take(group, response);
    }
    proceed();
  }

  void ended(StreamCall from, @Nullable Throwable failure) {
    synchronized (this) {
      if (call != from) {
        return;
      }
      call = null;
      boolean onlyLost = resting.areAll(waiting.values(), unsent);
      unsent.clear();
      if (failure == null ? !onlyLost : !waiting.isEmpty()) {
        broken(
            failure == null
                ? Status.INTERNAL
                    .withDescription("the stream ended before all groups had results")
                    .asRuntimeException()
                : failure);
      }
    }
    proceed();
  }

  private void take(WaitingGroup group, StreamAdvantagesResponse response) {
    try {
      GroupResult result = AnswerCheck.checked(header, group.group(), response).getResult();
      synchronized (this) {
        failures = 0;
        if (waiting.containsKey(group.id())
            && resting.take(group, result, () -> sendAgain(group))) {
          return;
        }
        waiting.remove(group.id());
        resting.forget(group);
      }
      effects.add(() -> group.result().complete(result));
    } catch (InvalidAnswerException invalid) {
      synchronized (this) {
        fail(group, invalid);
      }
    }
  }

  /** Under the lock: fails what cannot wait for the next attempt, and plans that. */
  private void broken(Throwable failure) {
    failures++;
    boolean givenUp = context.isCancelled() || caller.connections().isClosed();
    OptionalLong wait =
        givenUp ? OptionalLong.empty() : caller.rules().waitNanos(failure, failures);
    if (wait.isEmpty()) {
      failAll(failure);
      return;
    }
    for (WaitingGroup group : List.copyOf(waiting.values())) {
      if (wait.getAsLong() >= group.deadline().timeRemaining(TimeUnit.NANOSECONDS)) {
        fail(group, failure);
      }
    }
    if (!waiting.isEmpty()) {
      callOffRetry = caller.retryTimer().schedule(wait.getAsLong(), this::retry);
    }
  }

  private void retry() {
    synchronized (this) {
      callOffRetry = null;
    }
    proceed();
  }

  private void sendAgain(WaitingGroup group) {
    synchronized (this) {
      if (resting.wake(group) && call != null) {
        unsent.add(group);
      }
    }
    proceed();
  }

  private void openCall() {
    abandoned.clear();
    unsent.clear();
    waiting.values().stream().filter(group -> !resting.contains(group)).forEach(unsent::add);
    StreamCall opened = new StreamCall(this);
    call = opened;
    context.run(() -> opened.start(caller.connections().next(), header));
  }

  /** Under the lock: nobody waits, so that the call and its further attempts are of no use. */
  private void dropCall() {
    unsent.clear();
    if (callOffRetry != null) {
      callOffRetry.run();
      callOffRetry = null;
    }
    failures = 0;
    if (!abandoned.isEmpty() || (call != null && call.isStalled())) {
      cancelCall();
    }
  }

  /** Under the lock: forgets the present call, if there is one. */
  private void cancelCall() {
    if (call != null) {
      StreamCall cancelled = call;
      call = null;
      cancelled.cancel();
    }
  }

  /** Whatever completed a future that still waited, its result will not be needed. */
  private void giveUp(WaitingGroup group) {
    synchronized (this) {
      if (!waiting.remove(group.id(), group)) {
        return;
      }
      if (!resting.forget(group) && !unsent.remove(group) && call != null) {
        abandoned.add(group.id());
      }
    }
    proceed();
  }

  private void failAll(Throwable failure) {
    List.copyOf(waiting.values()).forEach(group -> fail(group, failure));
    cancelCall();
  }

  private void fail(WaitingGroup group, Throwable failure) {
    waiting.remove(group.id());
    resting.forget(group);
    Throwable typed = QuotaExceededException.in(failure);
    effects.add(() -> group.result().completeExceptionally(typed));
  }

  private void settle() {
    if (!Thread.holdsLock(this)) {
      for (Runnable effect = effects.poll(); effect != null; effect = effects.poll()) {
        effect.run();
      }
    }
  }
}
