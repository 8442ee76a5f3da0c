package io.postern.console.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import org.slf4j.LoggerFactory;

/// The log of commands that do not serve: warnings only, and never on standard output, which
/// belongs to the answer.
final class TerminalLog {
  private TerminalLog() {}

  static void use() {
    if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
      return;
    }
    context.reset();
    var form = new PatternLayoutEncoder();
    form.setContext(context);
    form.setPattern("postern: %msg%n");
    form.start();
    var appender = new ConsoleAppender<ILoggingEvent>();
    appender.setContext(context);
    appender.setTarget("System.err");
    appender.setEncoder(form);
    appender.start();
    var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(Level.WARN);
    root.addAppender(appender);
    // Why SQLite's library does not load is said once, by who opens the database.
    context.getLogger("org.sqlite.SQLiteJDBCLoader").setLevel(Level.OFF);
  }
}
