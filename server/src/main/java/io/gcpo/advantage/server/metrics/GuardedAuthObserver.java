// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import io.gcpo.advantage.server.auth.AuthObserver;
import io.gcpo.advantage.server.auth.UnauthenticatedException;
import java.util.function.LongSupplier;

/** Makes a broken observer harmless. As thread-safe as the observer. */
final class GuardedAuthObserver implements AuthObserver {
  private final AuthObserver observer;
  private final Guard guard;

  GuardedAuthObserver(AuthObserver observer, LongSupplier nanoClock) {
    this.observer = observer;
    this.guard = new Guard(observer.getClass(), nanoClock);
  }

  @Override
  public void refused(UnauthenticatedException.Reason reason) {
    guard.run(() -> observer.refused(reason));
  }
}
