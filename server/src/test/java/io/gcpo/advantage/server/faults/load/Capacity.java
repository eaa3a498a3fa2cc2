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

  private Capacity() {}

  /**
   * Calls a second in the second half of {@code duration}; the first half warms up.
   *
   * @param requests by the number of the call
   */
  public static double measure(
      Channel channel, LongFunction<ComputeAdvantagesRequest> requests, Duration duration)
      throws InterruptedException, ExecutionException {
    AdvantageServiceBlockingStub stub = AdvantageServiceGrpc.newBlockingStub(channel);
    long begin = System.nanoTime();
    long middle = begin + duration.toNanos() / 2;
    long end = begin + duration.toNanos();
    AtomicLong calls = new AtomicLong();
    AtomicLong answered = new AtomicLong();
    ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
    try {
      List<Future<?>> callers = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        callers.add(
            threads.submit(
                () -> {
                  while (System.nanoTime() < end) {
                    ComputeAdvantagesResponse unused =
                        stub.withDeadlineAfter(60, TimeUnit.SECONDS)
                            .computeAdvantages(requests.apply(calls.getAndIncrement()));
                    long now = System.nanoTime();
                    if (now >= middle && now < end) {
                      answered.incrementAndGet();
                    }
                  }
                }));
      }
      for (Future<?> caller : callers) {
        caller.get();
      }
    } finally {
      threads.shutdownNow();
    }
    return answered.get() / ((end - middle) / 1e9);
  }
}
