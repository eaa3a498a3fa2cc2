// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding.batching;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalDouble;

/**
 * How many tokens a second go through the model, all workers together, while windows wait.
 *
 * <p>Only batches count at whose end others waited: a lone small batch says what a window costs,
 * not what the model can do. The mean is over the last {@link #SAMPLES} of them, weighted by their
 * tokens, so that it moves too slowly to swing with what it decides on. One batch that a pause held
 * up counts as at most {@link #OUTLIER} times the mean; a device that has really become slower is
 * believed a few batches later. What is older than {@link #LIFE} is forgotten: a wrong figure that
 * turns all work away would otherwise never meet the batches that correct it.
 *
 * <p>Not thread-safe.
 */
final class Pace {
  static final int SAMPLES = 64;
  static final int MIN_SAMPLES = 8;
  static final Duration LIFE = Duration.ofSeconds(10);

  /** Fewer batches will do where they were this long in all. */
  static final Duration MIN_BUSY = Duration.ofSeconds(4);

  static final double OUTLIER = 4;

  private final int workers;
  private final Deque<Sample> samples = new ArrayDeque<>();
  private double tokens;
  private double nanos;

  /** Of so many workers, each with a batch of its own. */
  Pace(int workers) {
    this.workers = workers;
  }

  /** A worker was busy with a batch of {@code tokens}, padding included, until {@code now}. */
  void add(long tokens, long nanos, long now) {
    forgetOld(now);
    double time = Math.max(1, nanos);
    if (hasEvidence()) {
      double expected = tokens * this.nanos / this.tokens;
      time = Math.min(Math.max(time, expected / OUTLIER), expected * OUTLIER);
    }
    samples.add(new Sample(tokens, time, now));
    this.tokens += tokens;
    this.nanos += time;
    if (samples.size() > SAMPLES) {
      forgetFirst();
    }
  }

  /** Empty without enough evidence. */
  OptionalDouble tokensPerNano(long now) {
    forgetOld(now);
    return hasEvidence() ? OptionalDouble.of(workers * tokens / nanos) : OptionalDouble.empty();
  }

  private boolean hasEvidence() {
    return samples.size() >= MIN_SAMPLES || nanos >= MIN_BUSY.toNanos();
  }

  /** What one batch takes, in nanoseconds; 0 without evidence. */
  double batchNanos() {
    return samples.isEmpty() ? 0 : nanos / samples.size();
  }

  private void forgetOld(long now) {
    while (!samples.isEmpty() && now - samples.getFirst().at() > LIFE.toNanos()) {
      forgetFirst();
    }
  }

  private void forgetFirst() {
    Sample first = samples.removeFirst();
    tokens -= first.tokens();
    nanos -= first.nanos();
  }

  private record Sample(long tokens, double nanos, long at) {}
}
