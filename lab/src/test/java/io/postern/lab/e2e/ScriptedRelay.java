package io.postern.lab.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

/// A mail server on loopback without TLS that says what it is told to say.
final class ScriptedRelay implements AutoCloseable {
  private static final String USUAL_EHLO = "250-peer.test|250-8BITMIME|250 AUTH PLAIN LOGIN";

  private final ServerSocket socket;
  private final Map<String, String> answers;
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final CountDownLatch greeting;

  private ScriptedRelay(Map<String, String> answers, boolean silent) {
    this.answers = answers;
    this.greeting = new CountDownLatch(silent ? 1 : 0);
    try {
      socket = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().name("scripted relay").start(this::accept);
  }

  /// @param answers beginning of a command to reply, lines apart by `|`; all else is taken
  static ScriptedRelay saying(Map<String, String> answers) {
    return new ScriptedRelay(answers, false);
  }

  /// Greets nobody until it is told to.
  static ScriptedRelay silent() {
    return new ScriptedRelay(Map.of(), true);
  }

  /// Greets everybody who waits, and who comes.
  void greet() {
    greeting.countDown();
  }

  int port() {
    return socket.getLocalPort();
  }

  @Override
  public void close() {
    try {
      socket.close();
      for (var each : open) {
        each.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        var client = socket.accept();
        open.add(client);
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException _) {
        // Closed: the test is over.
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      greeting.await();
      var in =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
      send(client, answers.getOrDefault("greeting", "220 peer.test ESMTP"));
      for (var line = in.readLine(); line != null; line = in.readLine()) {
        send(client, answer(line));
      }
    } catch (IOException _) {
      // The client has gone.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String answer(String line) {
    return answers.entrySet().stream()
        .filter(each -> line.startsWith(each.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseGet(() -> line.startsWith("EHLO") ? USUAL_EHLO : usual(line));
  }

  private static String usual(String line) {
    return line.startsWith("AUTH") ? "235 2.7.0 signed in" : "250 2.0.0 ok";
  }

  private static void send(Socket client, String reply) throws IOException {
    client
        .getOutputStream()
        .write((reply.replace("|", "\r\n") + "\r\n").getBytes(StandardCharsets.UTF_8));
    client.getOutputStream().flush();
  }
}
