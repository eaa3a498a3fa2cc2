// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.metrics.gpu;

import io.gcpo.advantage.server.bootstrap.Managed;
import java.io.BufferedReader;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what the driver's tool prints of all GPUs every few seconds. One process that goes on
 * printing, since starting the tool costs more than a sample does. Where there is no such tool
 * there is nothing to read; where it ends it is started again after a minute.
 */
public final class NvidiaSmiLoop implements Managed {
  /** Between two samples. */
  public static final Duration INTERVAL = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(NvidiaSmiLoop.class);
  private static final long PAUSE_SECONDS = 60;

  private final List<String> command;
  private final GpuObserver observer;
  private final ScheduledExecutorService thread;
  private volatile @Nullable Process process; // null: none was started yet
  private volatile boolean stopped;

  /** Owns {@code thread}, a single one. */
  public NvidiaSmiLoop(GpuObserver observer, ScheduledExecutorService thread) {
    this("nvidia-smi", observer, thread);
  }

  /** With a tool at another place. */
  NvidiaSmiLoop(String tool, GpuObserver observer, ScheduledExecutorService thread) {
    this.command =
        List.of(
            tool,
            "--query-gpu=" + GpuSample.QUERY,
            "--format=csv,noheader,nounits",
            "--loop=" + INTERVAL.toSeconds());
    this.observer = observer;
    this.thread = thread;
  }

  @Override
  public void start() {
    thread.execute(this::watch);
  }

  @Override
  public void stop() {
    stopped = true;
    thread.shutdownNow();
    Process running = process;
    if (running != null) {
      running.destroyForcibly();
    }
  }

  private void watch() {
    Process running;
    try {
      running = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    } catch (IOException noSuchTool) {
      LOG.debug("no GPU is measured", noSuchTool);
      return;
    }
    process = running;
    try (BufferedReader lines = running.inputReader()) {
      // After the assignment: stop() either saw the process or is seen here.
      String line = stopped ? null : lines.readLine();
      while (line != null) {
        GpuSample.parse(line).ifPresent(observer::sampled);
        line = lines.readLine();
      }
    } catch (IOException closed) {
      LOG.debug("nvidia-smi was closed", closed);
    } finally {
      running.destroyForcibly();
    }
    observer.lost();
    again();
  }

  private void again() {
    if (!thread.isShutdown()) {
      LOG.warn("nvidia-smi ended; it is started again in {} s", PAUSE_SECONDS);
      // Ends with the thread.
      var unused = thread.schedule(this::watch, PAUSE_SECONDS, TimeUnit.SECONDS);
    }
  }
}
