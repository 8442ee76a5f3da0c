package io.postern.smtp.wire;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// Limits what no socket option limits: a write, and a whole handshake (`SO_TIMEOUT` counts anew
/// from octet to octet). When the time is over it closes the socket, and the operation breaks.
public final class Watchdog {
  private final Socket socket;
  private final AtomicLong patience;
  private volatile boolean bit;

  private Watchdog(Socket socket, long patience) {
    this.socket = socket;
    this.patience = new AtomicLong(patience);
  }

  /// What is watched.
  @FunctionalInterface
  public interface Operation {
    void run() throws IOException;
  }

  /// Runs an operation that may take so long, or up to two beats of the clock longer.
  ///
  /// @param socket the lowest one: closing TLS would wait for the write that hangs
  /// @throws SocketTimeoutException when it took longer; the socket is then closed
  public static void watch(Socket socket, Duration limit, Operation operation) throws IOException {
    // The beat at hand is not a whole one.
    var watchdog = new Watchdog(socket, limit.toMillis() / WatchdogClock.BEAT.toMillis() + 2);
    WatchdogClock.THE_ONE.add(watchdog);
    try {
      operation.run();
    } catch (IOException e) {
      if (watchdog.bit) {
        throw new SocketTimeoutException("the time for this step is over");
      }
      throw e;
    } finally {
      WatchdogClock.THE_ONE.remove(watchdog);
    }
  }

  /// A beat of the clock has passed. Bites on a thread of its own: whatever a close waits for, the
  /// clock goes on for the others.
  void beat() {
    if (patience.decrementAndGet() == 0) {
      bit = true;
      Thread.ofVirtual().name("watchdog").start(this::bite);
    }
  }

  private void bite() {
    try {
      socket.close();
    } catch (IOException _) {
      // A socket that cannot be closed breaks the operation by itself.
    }
  }
}
