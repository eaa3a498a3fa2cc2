// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.bootstrap;

import java.util.logging.LogManager;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Leads every log line of the process to one place: log4j2.xml says which. */
public final class Logging {
  private Logging() {}

  /** Takes over java.util.logging, which gRPC and the JDK write to. To be called first by main. */
  public static void install() {
    LogManager.getLogManager().reset();
    SLF4JBridgeHandler.install();
  }
}
