package io.postern.console.api;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/// A mail server on loopback without TLS, that takes one password and every mail but those to
/// `nobody@`. It keeps the commands that it was sent.
public final class TinyRelay implements AutoCloseable {
  /// `\0postern\0right` in base64, what SASL PLAIN sends.
  private static final String RIGHT = "AHBvc3Rlcm4AcmlnaHQ=";

  private final ServerSocket socket;
  private final List<String> commands = new CopyOnWriteArrayList<>();
  private final List<String> messages = new CopyOnWriteArrayList<>();

  public TinyRelay() throws IOException {
    socket = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    Thread.ofVirtual().start(this::accept);
  }

  public int port() {
    return socket.getLocalPort();
  }

  public List<String> commands() {
    return commands;
  }

  /// Headers and body of every message that it took, lines apart by `\n`.
  public List<String> messages() {
    return messages;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        var connection = socket.accept();
        Thread.ofVirtual().start(() -> serve(connection));
      } catch (IOException _) {
        // Closed: the test is over.
        return;
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      var in =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
      send(connection, "220 tiny.example.com ESMTP");
      for (var line = in.readLine(); line != null; line = in.readLine()) {
        commands.add(line);
        if (line.equals("DATA")) {
          send(connection, "354 go on");
          messages.add(content(in));
          send(connection, "250 2.0.0 queued as 1234");
        } else {
          send(connection, answer(line));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String content(BufferedReader in) throws IOException {
    var content = new StringBuilder();
    for (var line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
      content.append(line).append('\n');
    }
    return content.toString();
  }

  private static String answer(String line) {
    var verb = line.split("[ :]", 2)[0].toUpperCase(Locale.ROOT);
    return switch (verb) {
      case "EHLO" -> "250-tiny.example.com\r\n250-8BITMIME\r\n250 AUTH PLAIN";
      case "AUTH" ->
          line.endsWith(RIGHT) ? "235 2.7.0 signed in" : "535 5.7.8 wrong user name or password";
      case "RCPT" -> line.contains("nobody@") ? "550 5.1.1 no such user" : "250 2.1.5 ok";
      case "QUIT" -> "221 2.0.0 bye";
      default -> "250 2.0.0 ok";
    };
  }

  private static void send(Socket connection, String reply) throws IOException {
    connection.getOutputStream().write((reply + "\r\n").getBytes(StandardCharsets.UTF_8));
    connection.getOutputStream().flush();
  }
}
