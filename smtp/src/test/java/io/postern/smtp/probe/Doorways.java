package io.postern.smtp.probe;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/// A port on loopback that takes any number of connections and does one thing with each.
final class Doorways implements Closeable {
  private final ServerSocket listener;
  private final Doing doing;
  private final AtomicInteger count = new AtomicInteger();

  /// What happens to a connection.
  interface Doing {
    /// @param number of the connection, from 1
    void with(Socket socket, int number) throws IOException, InterruptedException;
  }

  Doorways(Doing doing) throws IOException {
    this(0, doing);
  }

  private Doorways(int port, Doing doing) throws IOException {
    this.listener = new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    this.doing = doing;
    Thread.ofVirtual().start(this::serve);
  }

  int port() {
    return listener.getLocalPort();
  }

  /// How many connections came.
  int count() {
    return count.get();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  private void serve() {
    try {
      while (true) {
        var socket = listener.accept();
        var number = count.incrementAndGet();
        Thread.ofVirtual().start(() -> act(socket, number));
      }
    } catch (IOException _) {
      // Closed: the test is over.
      return;
    }
  }

  private void act(Socket socket, int number) {
    try (socket) {
      doing.with(socket, number);
    } catch (IOException _) {
      // The client has gone.
      return;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
