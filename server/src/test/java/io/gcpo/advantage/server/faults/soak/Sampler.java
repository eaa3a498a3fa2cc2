// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.soak;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.tools.attach.AttachNotSupportedException;
import io.gcpo.advantage.server.ServerProcess;
import io.gcpo.advantage.server.faults.load.Scrape;
import io.gcpo.advantage.server.testing.Await;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads the figures of a server from its metrics. Every so often it has the server collect its
 * garbage, as the live heap is not to be seen otherwise.
 */
final class Sampler implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ServerProcess server;
  private final Heap heap;
  private final int collectEvery;
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final Recording recording = new Recording();
  private @Nullable Future<?> sampling;
  private long begin;
  private long samples;

  /** With a full collection after every {@code collectEvery}-th sample. */
  Sampler(ServerProcess server, int collectEvery) throws IOException, AttachNotSupportedException {
    this.server = server;
    this.heap = Heap.of(server.process());
    this.collectEvery = collectEvery;
  }

  /** From now on. */
  void start(Duration every) {
    begin = System.nanoTime();
    sampling = thread.scheduleAtFixedRate(this::sample, 0, every.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** What was read; throws what kept it from being read. */
  Recording stop() throws InterruptedException, ExecutionException {
    Future<?> started = Objects.requireNonNull(sampling);
    if (started.isDone()) {
      started.get();
    }
    thread.shutdown();
    assertThat(thread.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return recording;
  }

  /** Returns once the server holds nothing of any call. */
  void awaitIdle() {
    Await.until(
        () -> {
          Map<String, Double> scrape = Scrape.of(server);
          return Figure.OPEN_CALLS.read(scrape) == 0
              && Figure.ADMITTED_BYTES.read(scrape) == 0
              && Figure.WAITING_CALLS.read(scrape) == 0
              && Figure.QUEUED_TOKENS.read(scrape) == 0;
        });
  }

  @Override
  public void close() throws IOException {
    thread.shutdownNow();
    heap.close();
  }

  private void sample() {
    Map<String, Double> scrape = Scrape.of(server);
    Map<Figure, Double> values = new EnumMap<>(Figure.class);
    for (Figure figure : Figure.values()) {
      if (figure != Figure.LIVE_HEAP) {
        values.put(figure, figure.read(scrape));
      }
    }
    if (samples++ % collectEvery == 0) {
      values.put(Figure.LIVE_HEAP, (double) heap.live());
    }
    recording.add(Duration.ofNanos(System.nanoTime() - begin), values);
  }
}
