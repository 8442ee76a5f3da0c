package io.postern.smtp.hostile;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A server on loopback that says a beginning, as a script, and then the same octets for ever.
final class HostileServer implements Closeable {
  private static final int BLOCK_OCTETS = 65_536;

  private final ServerSocket listener;

  private HostileServer() throws IOException {
    listener = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
  }

  /// What a server does with a connection.
  @FunctionalInterface
  interface Malice {
    void act(Socket client) throws IOException, InterruptedException;
  }

  static HostileServer doing(Malice malice) throws IOException {
    var server = new HostileServer();
    Thread.ofVirtual()
        .name("hostile-server")
        .start(() -> {
          try {
            while (true) {
              var client = server.listener.accept();
              Thread.ofVirtual().start(() -> server.serve(client, malice));
            }
          } catch (IOException _) {
            // The test is over.
            return;
          }
        });
    return server;
  }

  /// Says lines, waiting for a line of the client before each but the first, and then a piece of
  /// text for ever.
  static Malice endless(String piece, String... lines) {
    return client -> {
      for (var i = 0; i < lines.length; i++) {
        if (i > 0) {
          hear(client);
        }
        say(client, lines[i]);
      }
      if (lines.length > 0) {
        hear(client);
      }
      flood(client.getOutputStream(), piece);
    };
  }

  /// Says a text one octet in 50 ms.
  static Malice dripping(String text) {
    return client -> {
      for (var octet : text.getBytes(StandardCharsets.US_ASCII)) {
        client.getOutputStream().write(octet);
        pause();
      }
    };
  }

  int port() {
    return listener.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  static void say(Socket client, String text) throws IOException {
    client.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }

  static void hear(Socket client) throws IOException {
    int octet;
    do {
      octet = client.getInputStream().read();
    } while (octet >= 0 && octet != '\n');
  }

  static void flood(OutputStream output, String piece) throws IOException {
    var block = piece.repeat(Math.max(1, BLOCK_OCTETS / piece.length()));
    var octets = block.getBytes(StandardCharsets.UTF_8);
    while (true) {
      output.write(octets);
    }
  }

  private static void pause() throws InterruptedException {
    new CountDownLatch(1).await(50, TimeUnit.MILLISECONDS);
  }

  private void serve(Socket client, Malice malice) {
    try (client) {
      malice.act(client);
    } catch (IOException _) {
      // The client has seen enough.
      return;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
