// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.failpoints;

import io.gcpo.advantage.server.embedding.DeviceMemoryException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.LockSupport;

/** What happens at a failpoint. */
enum Action {
  /** A defect of ours. */
  EXCEPTION {
    @Override
    void run() {
      throw new IllegalStateException("failpoint");
    }
  },
  /** Of an observer: its failure costs nobody anything. */
  HARMLESS {
    @Override
    void run() {
      throw new IllegalStateException("harmless failpoint");
    }
  },
  /** A stack that is too deep, for example. */
  ERROR {
    @Override
    void run() {
      throw new StackOverflowError("failpoint");
    }
  },
  OUT_OF_MEMORY {
    @Override
    void run() {
      throw new DeviceMemoryException("failpoint", null);
    }
  },
  REJECTION {
    @Override
    void run() {
      throw new RejectedExecutionException("failpoint");
    }
  },
  DELAY {
    @Override
    void run() {
      pause(10);
    }
  },
  /** Longer than a worker may be in one call. */
  HANG {
    @Override
    void run() {
      pause(FaultyEmbedding.BATCH_TIMEOUT_MILLIS + 200);
    }
  },
  /** The states of a batch are not finite; done by whoever has them. */
  NOT_FINITE {
    @Override
    void run() {}
  },
  /** The states of a batch are others, and finite: a seeded bug, which must be found. */
  WRONG {
    @Override
    void run() {}
  };

  abstract void run();

  /** Whether the point throws, or spoils what it gives. */
  boolean fails() {
    return this != DELAY && this != HANG;
  }

  /** Whether a call may be refused for it. */
  boolean mayCost() {
    return this != DELAY && this != HARMLESS;
  }

  private static void pause(long millis) {
    long end = System.nanoTime() + millis * 1_000_000;
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }
}
