// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.batching;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where one worker after another works. Not thread-safe: guarded by its supervisor's lock. */
final class WorkerSeat {
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

  /** With an encoder that is being opened: reading a large model takes a while. */
  static final Duration OPENING_PATIENCE = Duration.ofMinutes(5);

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

  /**
   * The worker, if it has failed, or was in one call or opening its encoder for too long: it has no
   * seat any more.
   */
  Optional<EncodingWorker> vacate(Duration patience, long now) {
    if (worker == null || !isLost(worker, patience)) {
      return Optional.empty();
    }
    Optional<EncodingWorker> lost = Optional.of(worker);
    pause = losses == 0 ? FIRST_PAUSE : longer();
    losses++;
    worker = null;
    emptySince = now;
    return lost;
  }

  private static boolean isLost(EncodingWorker worker, Duration patience) {
    return worker.hasFailed()
        || worker.busy().compareTo(patience) > 0
        || worker.opening().compareTo(OPENING_PATIENCE) > 0;
  }

  /** Whether it is time for the next worker. */
  boolean isDue(long now) {
    return worker == null && now - emptySince >= pause.toNanos();
  }

  /** There was no thread for the next worker. */
  void stayEmpty(long now) {
    pause = longer();
    emptySince = now;
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
