package io.postern.console.platform.web;

/// How many mails wait. The outbox knows; the frame of every page shows it.
@FunctionalInterface
public interface Waiting {
  long count();
}
