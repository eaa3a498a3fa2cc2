// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.bootstrap;

import com.google.inject.Injector;
import com.google.inject.Key;

/** A started object graph. Thread-safe. */
public final class RunningServer implements AutoCloseable {
  private final Injector injector;
  private final Lifecycle lifecycle;

  RunningServer(Injector injector, Lifecycle lifecycle) {
    this.injector = injector;
    this.lifecycle = lifecycle;
  }

  /** The object bound to {@code type}. */
  public <T> T instance(Class<T> type) {
    return injector.getInstance(type);
  }

  /** The object bound to {@code key}. */
  public <T> T instance(Key<T> key) {
    return injector.getInstance(key);
  }

  /**
   * Says that it is not ready any more, then stops every component in reverse order, and returns
   * when all have stopped; a second call waits for the first and does nothing. Throws {@link
   * ShutdownException} if a component failed to stop.
   */
  @Override
  public void close() {
    injector.getInstance(Readiness.class).startDraining();
    lifecycle.stop();
  }
}
