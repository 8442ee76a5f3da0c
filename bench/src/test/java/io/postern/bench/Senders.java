package io.postern.bench;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.stream.IntStream;

/// Runs the sessions of a sender side by side and takes their time.
final class Senders {
  private Senders() {}

  /// One connection, which sends so many messages.
  @FunctionalInterface
  interface Session {
    void send(int messages) throws Exception;
  }

  /// @param threads what each session runs on
  static Work run(ThreadFactory threads, int sessions, int messages, Session session)
      throws InterruptedException {
    var each = Math.max(1, messages / sessions);
    var processor = Processor.used();
    var started = System.nanoTime();
    try (var executor = Executors.newThreadPerTaskExecutor(threads)) {
      var running =
          IntStream.range(0, sessions)
              .<Future<?>>mapToObj(_ ->
                  executor.submit(() -> {
                    session.send(each);
                    return null;
                  }))
              .toList();
      for (var one : running) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("A session broke", e.getCause());
    }
    return new Work(
        each * sessions, (System.nanoTime() - started) / 1e9, Processor.used() - processor);
  }
}
