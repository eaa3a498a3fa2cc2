// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.cli.bench;

import java.util.Iterator;

/**
 * When calls are due. A pure function of its components: it knows no clock, and nothing that
 * happens to a call moves another.
 */
public sealed interface Schedule permits ConstantRate, PoissonRate, Steps {
  /** The calls from the first on, without end, in the order in which they are due. */
  Iterator<Slot> slots();

  /** ComputeAdvantages calls a second in the long run. */
  double callsPerSecond();

  /** Calls of one training step. */
  int callsPerStep();
}
