// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.bootstrap;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.event.Level;

/** A program that logs, for {@link LoggingTest} to run in a process of its own. */
final class LoggingProbe {
  private LoggingProbe() {}

  public static void main(String[] args) {
    Logging.install(Level.INFO);
    Logger logger = LoggerFactory.getLogger(LoggingProbe.class);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> logger.info("in the shutdown hook")));
    logger.debug("detail");
    MDC.put("request_id", "r-1");
    logger.info("two\nlines");
    MDC.clear();
    logger.warn("failed", new IllegalStateException("why"));
    java.util.logging.Logger.getLogger("some.library").info("through the bridge");
    java.util.logging.Logger.getLogger("io.netty.X").info("noise");
    java.util.logging.Logger.getLogger("io.netty.X").warning("not noise");
  }
}
