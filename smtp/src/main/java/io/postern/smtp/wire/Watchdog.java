package io.postern.smtp.wire;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Limits what no socket option limits: a write, and a whole handshake (`SO_TIMEOUT` counts anew
/// from octet to octet). When the time is over it closes the socket, and the operation breaks.
public final class Watchdog {
  private final CountDownLatch done = new CountDownLatch(1);
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
    Thread.ofVirtual().name("watchdog").start(() -> watchdog.lieInWait(limit));
    try {
      operation.run();
    } catch (IOException e) {
      if (watchdog.bit) {
        throw new SocketTimeoutException("the time for this step is over");
      }
      throw e;
    } finally {
      watchdog.done.countDown();
    }
  }

  private void lieInWait(Duration limit) {
    try {
      if (!done.await(limit.toNanos(), TimeUnit.NANOSECONDS)) {
        bit = true;
        socket.close();
      }
    } catch (InterruptedException _) {
      // Nobody interrupts this thread; if somebody did, the operation is only unwatched.
      Thread.currentThread().interrupt();
    } catch (IOException _) {
      // A socket that cannot be closed breaks the operation by itself.
      bit = true;
    }
  }
}
