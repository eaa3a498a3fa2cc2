// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.bootstrap;

/**
 * One component's say in whether the process should live on. Modules contribute to the {@code
 * Multibinder<LivenessCheck>}. Thread-safe and cheap: asked by every probe.
 */
public interface LivenessCheck {

  /** A short name in lower case, unique. */
  String component();

  /** False once nothing but a new process helps; a component that mends itself says true. */
  boolean isAlive();
}
