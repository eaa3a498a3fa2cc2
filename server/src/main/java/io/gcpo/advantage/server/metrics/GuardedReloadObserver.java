// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics;

import io.gcpo.advantage.server.reload.Credential;
import io.gcpo.advantage.server.reload.ReloadObserver;
import java.time.Instant;
import java.util.function.LongSupplier;

/** Makes a broken observer harmless. As thread-safe as the observer. */
final class GuardedReloadObserver implements ReloadObserver {
  private final ReloadObserver observer;
  private final Guard guard;

  GuardedReloadObserver(ReloadObserver observer, LongSupplier nanoClock) {
    this.observer = observer;
    this.guard = new Guard(observer.getClass(), nanoClock);
  }

  @Override
  public void taken(Credential credential) {
    guard.run(() -> observer.taken(credential));
  }

  @Override
  public void refused(Credential credential) {
    guard.run(() -> observer.refused(credential));
  }

  @Override
  public void expires(Credential credential, Instant notAfter) {
    guard.run(() -> observer.expires(credential, notAfter));
  }

  @Override
  public void stale(Credential credential, boolean stale) {
    guard.run(() -> observer.stale(credential, stale));
  }
}
