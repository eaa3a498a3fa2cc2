// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.embedding;

import com.google.common.base.Throwables;
import com.google.common.collect.ImmutableList;
import io.gcpo.advantage.server.bootstrap.LivenessCheck;
import io.gcpo.advantage.server.bootstrap.Managed;
import io.gcpo.advantage.server.bootstrap.ReadinessCheck;
import io.gcpo.advantage.server.embedding.batching.BatchingEmbedder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Starts and stops the embedders of all models together. */
final class LoadedModels implements Managed, ReadinessCheck, LivenessCheck {
  private final ImmutableList<BatchingEmbedder> embedders;
  private final Deque<BatchingEmbedder> started = new ArrayDeque<>();

  LoadedModels(List<BatchingEmbedder> embedders) {
    this.embedders = ImmutableList.copyOf(embedders);
  }

  ImmutableList<BatchingEmbedder> embedders() {
    return embedders;
  }

  /** Starts all or none. */
  @Override
  public void start() throws InterruptedException {
    for (BatchingEmbedder embedder : embedders) {
      try {
        embedder.start();
        started.push(embedder);
      } catch (RuntimeException | Error e) {
        stopAfter(e);
        throw e;
      }
    }
  }

  private void stopAfter(Throwable failure) throws InterruptedException {
    try {
      stop();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  @Override
  public String component() {
    return "embedding";
  }

  @Override
  public boolean isReady() {
    return embedders.stream().allMatch(BatchingEmbedder::isReady);
  }

  @Override
  public boolean isAlive() {
    return embedders.stream().allMatch(BatchingEmbedder::isAlive);
  }

  /** Each, whether or not another fails; throws what failed first, with the rest suppressed. */
  @Override
  public void stop() throws InterruptedException {
    List<Exception> failures = new ArrayList<>();
    while (!started.isEmpty()) {
      try {
        started.pop().stop();
      } catch (InterruptedException | RuntimeException e) {
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      Exception first = failures.get(0);
      failures.stream().skip(1).forEach(first::addSuppressed);
      Throwables.throwIfInstanceOf(first, InterruptedException.class);
      Throwables.throwIfUnchecked(first);
    }
  }
}
