// SPDX-License-Identifier: Apache-2.0
package io.gcpo.advantage.server.testing;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;

/** Everything that this process logs while it is open: level, message, stack trace. */
public final class CapturedLog implements AutoCloseable {
  private final Logger root = (Logger) LogManager.getRootLogger();
  private final Appender appender = new Appender();

  private CapturedLog() {
    appender.start();
    root.addAppender(appender);
  }

  public static CapturedLog open() {
    return new CapturedLog();
  }

  public List<String> lines() {
    return List.copyOf(appender.lines);
  }

  @Override
  public void close() {
    root.removeAppender(appender);
  }

  private static final class Appender extends AbstractAppender {
    private final List<String> lines = new CopyOnWriteArrayList<>();

    Appender() {
      super("captured", null, null, true, Property.EMPTY_ARRAY);
    }

    @Override
    public void append(LogEvent event) {
      StringWriter line = new StringWriter();
      line.append(event.getLevel() + " " + event.getMessage().getFormattedMessage());
      if (event.getThrown() != null) {
        event.getThrown().printStackTrace(new PrintWriter(line, true));
      }
      lines.add(line.toString());
    }
  }
}
