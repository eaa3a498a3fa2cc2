// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.bootstrap;

/**
 * One component's say in {@link Readiness}. Modules contribute to the {@code
 * Multibinder<ReadinessCheck>}. Thread-safe and cheap: asked by every probe.
 */
public interface ReadinessCheck {

  /** A short name in lower case, unique; a metric tag. */
  String component();

  /** Whether the component can do its work now. A full queue is no reason to say no. */
  boolean isReady();
}
