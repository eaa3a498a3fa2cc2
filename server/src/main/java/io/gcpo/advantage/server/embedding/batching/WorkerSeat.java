// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.batching;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where one worker after another works. Not thread-safe: guarded by its supervisor's lock. */
final class WorkerSeat {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** Null from a worker's loss until the next one sits down. */
  private @Nullable EncodingWorker worker;

  private Thread thread;
  private long emptySince;
  private Duration pause = FIRST_PAUSE;
  private int losses;

  WorkerSeat(EncodingWorker worker, Thread thread) {
    this.worker = worker;
    this.thread = thread;
  }

  /** Of the worker who sits here, or of the last one. */
  Thread thread() {
    return thread;
  }

  boolean isTaken() {
    return worker != null;
  }

  boolean isReady() {
    return worker != null && worker.isReady();
  }

  /** Workers lost since the last one that was ready; {@link #settle} forgets them. */
  int losses() {
    return losses;
  }

  /** Forgets what was lost before, if the worker is ready. */
  void settle() {
    if (isReady()) {
      losses = 0;
      pause = FIRST_PAUSE;
    }
  }

  /** The worker, if it has failed or was in one call for too long: it has no seat any more. */
  Optional<EncodingWorker> vacate(Duration patience, long now) {
    if (worker == null || !(worker.hasFailed() || worker.busy().compareTo(patience) > 0)) {
      return Optional.empty();
    }
    Optional<EncodingWorker> lost = Optional.of(worker);
    pause = losses == 0 ? FIRST_PAUSE : longer();
    losses++;
    worker = null;
    emptySince = now;
    return lost;
  }

  /** Whether it is time for the next worker. */
  boolean isDue(long now) {
    return worker == null && now - emptySince >= pause.toNanos();
  }

  /** The next worker sits down. */
  void fill(EncodingWorker next, Thread nextThread) {
    worker = next;
    thread = nextThread;
  }

  private Duration longer() {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
  }
}
