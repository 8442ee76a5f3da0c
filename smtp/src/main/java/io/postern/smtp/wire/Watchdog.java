package io.postern.smtp.wire;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/// Limits what no socket option limits: a write, and a whole handshake (`SO_TIMEOUT` counts anew
/// from octet to octet). When the time is over it closes the socket, and the operation breaks.
public final class Watchdog {
  /// One for all: every mail's content is watched, and a thread of its own for each would cost more
  /// than the write.
  private static final ScheduledThreadPoolExecutor CLOCK = clock();

  private final Socket socket;
  private volatile boolean bit;

  private Watchdog(Socket socket) {
    this.socket = socket;
  }

  /// What is watched.
  @FunctionalInterface
  public interface Operation {
    void run() throws IOException;
  }

  /// Runs an operation that may take so long.
  ///
  /// @param socket the lowest one: closing TLS would wait for the write that hangs
  /// @throws SocketTimeoutException when it took longer; the socket is then closed
  public static void watch(Socket socket, Duration limit, Operation operation) throws IOException {
    var watchdog = new Watchdog(socket);
    var waiting = CLOCK.schedule(watchdog::wake, limit.toNanos(), TimeUnit.NANOSECONDS);
    try {
      operation.run();
    } catch (IOException e) {
      if (watchdog.bit) {
        throw new SocketTimeoutException("the time for this step is over");
      }
      throw e;
    } finally {
      waiting.cancel(false);
    }
  }

  private static ScheduledThreadPoolExecutor clock() {
    var clock =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().name("watchdog-clock").daemon(true).factory());
    clock.setRemoveOnCancelPolicy(true);
    return clock;
  }

  /// Bites on a thread of its own: whatever a close waits for, the clock goes on for the others.
  private void wake() {
    bit = true;
    Thread.ofVirtual().name("watchdog").start(this::bite);
  }

  private void bite() {
    try {
      socket.close();
    } catch (IOException _) {
      // A socket that cannot be closed breaks the operation by itself.
    }
  }
}
