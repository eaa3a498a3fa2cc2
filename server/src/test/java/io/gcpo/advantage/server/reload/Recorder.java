// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.reload;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Remembers what it hears of, and whether the last word was that files are stale. */
final class Recorder implements ReloadObserver {
  final List<String> events = new ArrayList<>();
  final List<Instant> expiries = new ArrayList<>();
  boolean stale;

  @Override
  public void taken(Credential credential) {
    events.add("taken");
  }

  @Override
  public void refused(Credential credential) {
    events.add("refused");
  }

  @Override
  public void expires(Credential credential, Instant notAfter) {
    expiries.add(notAfter);
  }

  @Override
  public void stale(Credential credential, boolean stale) {
    this.stale = stale;
  }
}
