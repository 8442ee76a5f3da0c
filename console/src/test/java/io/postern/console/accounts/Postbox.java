package io.postern.console.accounts;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;

/// A mail server on loopback that takes every mail and lets the test read it.
final class Postbox implements AutoCloseable {
  private static final Pattern LINK = Pattern.compile("https?://\\S+(/link/[0-9a-f]+/\\S+)");

  private final ServerSocket socket;
  private final List<Mail> mails = new CopyOnWriteArrayList<>();

  Postbox() {
    try {
      socket = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /// @param text header and content as they came
  record Mail(String to, String text) {
    /// The path of the link in it.
    String link() {
      var found = LINK.matcher(text);
      if (!found.find()) {
        throw new AssertionError("no link in " + text);
      }
      return found.group(1);
    }
  }

  int port() {
    return socket.getLocalPort();
  }

  List<Mail> mails() {
    return mails;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
      send(connection, "220 postbox.test ESMTP");
      var to = "";
      for (var line = in.readLine(); line != null; line = in.readLine()) {
        if (line.startsWith("RCPT TO:")) {
          to = line.replaceAll("(?s).*<(.*)>.*", "$1");
        }
        if (line.equals("DATA")) {
          send(connection, "354 go on");
          mails.add(new Mail(to, content(in)));
        }
        send(connection, line.startsWith("EHLO") ? "250 postbox.test" : "250 2.0.0 ok");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String content(BufferedReader in) throws IOException {
    var text = new StringBuilder();
    for (var line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
      text.append(line).append('\n');
    }
    return text.toString();
  }

  private static void send(Socket connection, String reply) throws IOException {
    connection.getOutputStream().write((reply + "\r\n").getBytes(StandardCharsets.UTF_8));
    connection.getOutputStream().flush();
  }
}
