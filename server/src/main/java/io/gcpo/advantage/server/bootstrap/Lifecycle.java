// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.bootstrap;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts components one after the other and stops them in reverse. Thread-safe. */
final class Lifecycle {
  private static final Logger logger = LoggerFactory.getLogger(Lifecycle.class);

  /** The one that was started last comes first. */
  @GuardedBy("this")
  private final Deque<Managed> started = new ArrayDeque<>();

  /** Starts all or none. */
  synchronized void start(Collection<Managed> components) {
    for (Managed component : components) {
      try {
        component.start();
      } catch (Throwable e) {
        throw rolledBack(component, e);
      }
      started.push(component);
      logger.info("Started {}", name(component));
    }
  }

  /**
   * Stops what has started, each whether or not another failed. The second call waits for the first
   * to end and does nothing.
   */
  synchronized void stop() {
    List<Throwable> failures = stopStarted();
    if (!failures.isEmpty()) {
      throw new ShutdownException(failures);
    }
  }

  @GuardedBy("this")
  private StartupException rolledBack(Managed component, Throwable cause) {
    StartupException failure = new StartupException(name(component), cause);
    stopStarted().forEach(failure::addSuppressed);
    if (cause instanceof InterruptedException) {
      Thread.currentThread().interrupt();
    }
    return failure;
  }

  @GuardedBy("this")
  private List<Throwable> stopStarted() {
    List<Throwable> failures = new ArrayList<>();
    boolean interrupted = false;
    while (!started.isEmpty()) {
      Managed component = started.pop();
      try {
        component.stop();
        logger.info("Stopped {}", name(component));
      } catch (Throwable e) {
        interrupted |= e instanceof InterruptedException;
        failures.add(e);
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return failures;
  }

  private static String name(Managed component) {
    return component.getClass().getSimpleName();
  }
}
