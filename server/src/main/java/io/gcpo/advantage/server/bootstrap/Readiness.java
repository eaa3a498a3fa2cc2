// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.bootstrap;

import com.google.common.collect.ImmutableSortedMap;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import jakarta.inject.Inject;
import jakarta.inject.Provider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Whether new work should come to this server: every {@link ReadinessCheck} says yes, and it is not
 * about to stop. Thread-safe.
 *
 * <p>Nothing is polled: a component whose check changed its answer calls {@link #refresh}.
 */
public final class Readiness {
  /** Not the set itself: a component may hold this object and be one of the checks. */
  private final Provider<Set<ReadinessCheck>> checks;

  private volatile boolean draining;

  @GuardedBy("this")
  private final List<Consumer<Boolean>> listeners = new ArrayList<>();

  @GuardedBy("this")
  private boolean told;

  @Inject
  Readiness(Provider<Set<ReadinessCheck>> checks) {
    this.checks = checks;
  }

  /** True while every component is ready and {@link #startDraining} was not called. */
  public boolean isReady() {
    return !draining && checks.get().stream().allMatch(ReadinessCheck::isReady);
  }

  /** True for good once the server is about to stop. */
  public boolean isDraining() {
    return draining;
  }

  /** The answer of each check, by component. */
  public Map<String, Boolean> components() {
    return checks.get().stream()
        .collect(
            ImmutableSortedMap.toImmutableSortedMap(
                String::compareTo, ReadinessCheck::component, ReadinessCheck::isReady));
  }

  /**
   * Says no from now on, and tells the listeners. Work that arrives all the same is still done:
   * callers take a while to notice.
   */
  public void startDraining() {
    draining = true;
    refresh();
  }

  /** Looks again, and tells the listeners if the answer is another than they were told last. */
  public synchronized void refresh() {
    boolean ready = isReady();
    if (ready != told) {
      told = ready;
      listeners.forEach(listener -> listener.accept(ready));
    }
  }

  /**
   * Tells {@code listener} the present answer, and from then on each change. It is called under a
   * lock, one call at a time in the order of the changes: it must be quick.
   */
  public synchronized void addListener(Consumer<Boolean> listener) {
    refresh();
    listeners.add(listener);
    listener.accept(told);
  }
}
