// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.bootstrap;

import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGTERM and SIGINT as an orderly stop: the server is closed, then the process ends with 0, or
 * with 1 if something did not close. Without the halt the JVM would report the signal (143) for a
 * stop that went as planned.
 */
public final class StopSignal {
  private static final Logger LOG = LoggerFactory.getLogger(StopSignal.class);

  private final CountDownLatch never = new CountDownLatch(1);

  private StopSignal() {}

  /** From now on a signal closes {@code server} and ends the process. */
  public static StopSignal install(RunningServer server) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "stop"));
    return new StopSignal();
  }

  /**
   * From now on a signal first runs {@code last}; the process then ends as signals end it. Running
   * what is returned takes that back, if no signal came before.
   */
  public static Runnable before(Runnable last) {
    Thread hook = new Thread(last, "last");
    Runtime.getRuntime().addShutdownHook(hook);
    return () -> {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException stopping) {
        LOG.debug("a signal came first", stopping);
      }
    };
  }

  /** Blocks until the process ends. */
  public void await() throws InterruptedException {
    never.await();
  }

  private static void stop(RunningServer server) {
    int exitCode = 0;
    try {
      LOG.info("stopping");
      server.close();
      LOG.info("stopped");
    } catch (RuntimeException failure) {
      LOG.error("stopped, but not everything closed", failure);
      exitCode = 1;
    }
    Runtime.getRuntime().halt(exitCode);
  }
}
