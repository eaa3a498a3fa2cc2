// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.bootstrap;

import java.util.logging.LogManager;
import org.slf4j.bridge.SLF4JBridgeHandler;
import org.slf4j.event.Level;

/** Leads every log line of the process to one place: log4j2.xml says which. */
public final class Logging {
  private static final String LEVEL = "GCPO_LOG_LEVEL";

  private Logging() {}

  /**
   * Takes over java.util.logging, which gRPC and the JDK write to. To be called first by main.
   *
   * @param defaultLevel what is logged where GCPO_LOG_LEVEL says nothing else
   */
  public static void install(Level defaultLevel) {
    if (System.getenv(LEVEL) == null && System.getProperty(LEVEL) == null) {
      System.setProperty(LEVEL, defaultLevel.name());
    }
    LogManager.getLogManager().reset();
    SLF4JBridgeHandler.install();
  }
}
