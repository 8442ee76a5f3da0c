package io.postern.console.outbox;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/// Programs outside of Spring have no settings of the log; without them it tells every statement.
/// In the process of a test that started a server, the server's settings are put aside.
final class QuietLog {
  private QuietLog() {}

  static void from(Level level) {
    if (LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) instanceof Logger root) {
      root.setLevel(level);
      root.getLoggerContext().getLogger("io.postern").setLevel(null);
    }
  }
}
