// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.linalg;

/**
 * Whether anybody still waits for a computation: who does not interrupts its thread. Loops whose
 * body may take a millisecond ask at their head, so that a thread is free again within a few.
 */
public final class Interruption {
  /*
   * Java's own mark on the thread, and not a signal handed from method to method: what is computed
   * does not depend on it, so it is no parameter of any of it, and the maths knows neither calls nor
   * deadlines. To ask costs about a nanosecond. Who interrupts, and clears the mark before the thread
   * goes to other work, is the pipeline's matter.
   */
  private Interruption() {}

  /**
   * Goes on, or ends the computation of an interrupted thread, whose mark stays.
   *
   * @throws InterruptedComputationException if this thread has been interrupted
   */
  public static void check() {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedComputationException();
    }
  }
}
