// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.reload;

import java.time.Instant;

/** Hears of files that changed. Thread-safe; must not block. */
public interface ReloadObserver {

  /** New files are in use. */
  void taken(Credential credential);

  /** New files were refused, those before them stay in use. */
  void refused(Credential credential);

  /** Those of its certificates in use that expires first, expires then. */
  default void expires(Credential credential, Instant notAfter) {}

  /** Whether what is in use is not what lies on disk, because that was refused. */
  void stale(Credential credential, boolean stale);
}
