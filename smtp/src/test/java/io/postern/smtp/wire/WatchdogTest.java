package io.postern.smtp.wire;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What no socket option limits.
class WatchdogTest {
  @Test
  void R141_a_write_that_nobody_reads_ends_in_time() throws IOException {
    try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var socket = new Socket(listener.getInetAddress(), listener.getLocalPort());
        var silent = listener.accept()) {
      assertTrue(silent.isConnected());
      assertThrows(
          SocketTimeoutException.class,
          () ->
              Watchdog.watch(
                  socket,
                  Duration.ofMillis(200),
                  () -> socket.getOutputStream().write(new byte[64 << 20])));
      assertTrue(socket.isClosed());
    }
  }

  @Test
  void what_ends_by_itself_is_left_alone() throws IOException {
    try (var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var socket = new Socket(listener.getInetAddress(), listener.getLocalPort())) {
      Watchdog.watch(socket, Duration.ofMinutes(5), () -> socket.getOutputStream().write(1));
      assertFalse(socket.isClosed());
    }
  }

  @Test
  void another_failure_is_told_as_itself() {
    var socket = new Socket();
    var failure =
        assertThrows(
            IOException.class,
            () ->
                Watchdog.watch(
                    socket,
                    Duration.ofMinutes(5),
                    () -> {
                      throw new IOException("disk");
                    }));
    assertFalse(failure instanceof SocketTimeoutException);
  }
}
