// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.faults.load;

import io.gcpo.advantage.v1.AdvantageServiceGrpc;
import io.gcpo.advantage.v1.AdvantageServiceGrpc.AdvantageServiceBlockingStub;
import io.gcpo.advantage.v1.ComputeAdvantagesRequest;
import io.gcpo.advantage.v1.ComputeAdvantagesResponse;
import io.grpc.Channel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;

/** What a server answers when a few callers always wait: as much as it can. */
public final class Capacity {
  private static final int CALLERS = 8;

  /** At least; a virtual machine that has just begun may not answer as many in a short time. */
  private static final int ANSWERS = 2 * CALLERS;

  private final AdvantageServiceBlockingStub stub;
  private final LongFunction<ComputeAdvantagesRequest> requests;
  private final AtomicLong sent = new AtomicLong();

  private Capacity(Channel channel, LongFunction<ComputeAdvantagesRequest> requests) {
    this.stub = AdvantageServiceGrpc.newBlockingStub(channel);
    this.requests = requests;
  }

  /**
   * Calls a second in the second half of {@code duration}; the first half warms up.
   *
   * @param requests by the number of the call
   */
  public static double measure(
      Channel channel, LongFunction<ComputeAdvantagesRequest> requests, Duration duration)
      throws InterruptedException, ExecutionException {
    Capacity capacity = new Capacity(channel, requests);
    double unused = capacity.callsPerSecond(duration.dividedBy(2));
    return capacity.callsPerSecond(duration.dividedBy(2));
  }

  private double callsPerSecond(Duration duration) throws InterruptedException, ExecutionException {
    AtomicLong answered = new AtomicLong();
    long begin = System.nanoTime();
    ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
    try {
      List<Future<?>> callers = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        callers.add(threads.submit(() -> ask(begin + duration.toNanos(), answered)));
      }
      for (Future<?> caller : callers) {
        caller.get();
      }
    } finally {
      threads.shutdownNow();
    }
    return answered.get() / ((System.nanoTime() - begin) / 1e9);
  }

  private void ask(long end, AtomicLong answered) {
    while (System.nanoTime() < end || answered.get() < ANSWERS) {
      ComputeAdvantagesResponse unused =
          stub.withDeadlineAfter(60, TimeUnit.SECONDS)
              .computeAdvantages(requests.apply(sent.getAndIncrement()));
      answered.incrementAndGet();
    }
  }
}
