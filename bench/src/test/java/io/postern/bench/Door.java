package io.postern.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/// Takes connections on this machine until it is closed, and serves each on a thread of its own.
final class Door implements AutoCloseable {
  private final ServerSocket listener;
  private final Service service;

  Door(Service service) throws IOException {
    this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.service = service;
    Thread.ofVirtual().start(this::listen);
  }

  /// What happens over a connection; it is closed afterwards.
  @FunctionalInterface
  interface Service {
    void serve(Socket client) throws IOException;
  }

  int port() {
    return listener.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  private void listen() {
    try {
      while (true) {
        var client = listener.accept();
        client.setTcpNoDelay(true);
        Thread.ofVirtual().start(() -> serve(client));
      }
    } catch (IOException _) {
      // Closed: the measurement is over.
    }
  }

  private void serve(Socket client) {
    try (client) {
      service.serve(client);
    } catch (IOException _) {
      // The client is gone; what it left in the middle was never taken.
    }
  }
}
