// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.pipeline;

import io.gcpo.advantage.server.bootstrap.Managed;
import jakarta.inject.Inject;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Ends the compute executor with the service: nothing runs on it once the server has drained. */
final class ComputePool implements Managed {
  private final ExecutorService compute;
  private final ScheduledExecutorService timer;

  @Inject
  ComputePool(@ForCompute ExecutorService compute, @ForCompute ScheduledExecutorService timer) {
    this.compute = compute;
    this.timer = timer;
  }

  @Override
  public void start() {}

  @Override
  public void stop() throws InterruptedException {
    compute.shutdownNow();
    compute.awaitTermination(10, TimeUnit.SECONDS);
    timer.shutdownNow();
  }
}
