// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.testing;

import io.gcpo.advantage.server.bootstrap.ReadinessCheck;
import java.util.concurrent.atomic.AtomicBoolean;

/** A component that is ready when the test says so. */
public record SwitchedCheck(String component, AtomicBoolean ready) implements ReadinessCheck {
  @Override
  public boolean isReady() {
    return ready.get();
  }
}
