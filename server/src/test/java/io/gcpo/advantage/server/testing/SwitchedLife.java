// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.testing;

import io.gcpo.advantage.server.bootstrap.LivenessCheck;
import java.util.concurrent.atomic.AtomicBoolean;

/** A component that is alive while the test says so. */
public record SwitchedLife(String component, AtomicBoolean alive) implements LivenessCheck {
  @Override
  public boolean isAlive() {
    return alive.get();
  }
}
