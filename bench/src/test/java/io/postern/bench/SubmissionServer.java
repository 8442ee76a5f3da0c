package io.postern.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/// A submission server that takes everything, as providers run it: TLS, AUTH PLAIN and LOGIN,
/// PIPELINING. smtp-sink knows no TLS.
final class SubmissionServer implements AutoCloseable {
  /// The password that it does not take.
  static final String REFUSED = "open-barley";

  private static final String REFUSED_PLAIN =
      Base64.getEncoder()
          .encodeToString(("\0console\0" + REFUSED).getBytes(StandardCharsets.US_ASCII));

  private final Door door;
  private final SSLContext tls;
  private final boolean implicit;
  private volatile long refusedAt;

  /// @param implicit whether TLS begins with the connection
  SubmissionServer(SSLContext tls, boolean implicit) throws IOException {
    this.tls = tls;
    this.implicit = implicit;
    this.door = new Door(this::serve);
  }

  int port() {
    return door.port();
  }

  /// When it refused last, by the clock of this process.
  long refusedAt() {
    return refusedAt;
  }

  @Override
  public void close() throws IOException {
    door.close();
  }

  private void serve(Socket client) throws IOException {
    if (implicit) {
      new Conversation(secured(client), true).run("220 bench.test ESMTP\r\n");
    } else if (new Conversation(client, false).run("220 bench.test ESMTP\r\n")) {
      new Conversation(secured(client), true).run("");
    }
  }

  private SSLSocket secured(Socket client) throws IOException {
    var socket =
        (SSLSocket) tls.getSocketFactory().createSocket(client, null, client.getPort(), true);
    socket.setUseClientMode(false);
    return socket;
  }

  /// What is said over one socket.
  private final class Conversation {
    private final Socket socket;
    private final BufferedReader in;
    private final boolean safe;
    private boolean inContent;

    /// Lines of a sign-in that are still to come.
    private int secrets;

    Conversation(Socket socket, boolean safe) throws IOException {
      this.socket = socket;
      this.in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      this.safe = safe;
    }

    /// Answers a group of commands with one write, as servers do.
    ///
    /// @return whether the client asked for TLS
    boolean run(String greeting) throws IOException {
      var answers = new StringBuilder(greeting);
      for (var line = next(answers); line != null; line = next(answers)) {
        answers.append(answer(line));
        if (line.equalsIgnoreCase("STARTTLS")) {
          write(answers);
          return true;
        }
      }
      return false;
    }

    private @org.jspecify.annotations.Nullable String next(StringBuilder answers)
        throws IOException {
      if (!in.ready()) {
        write(answers);
      }
      var line = in.readLine();
      return line == null || line.equalsIgnoreCase("QUIT") ? null : line;
    }

    private void write(StringBuilder answers) throws IOException {
      if (!answers.isEmpty()) {
        socket.getOutputStream().write(answers.toString().getBytes(StandardCharsets.US_ASCII));
        answers.setLength(0);
      }
    }

    private String answer(String line) {
      if (inContent) {
        inContent = !line.equals(".");
        return inContent ? "" : "250 2.0.0 Ok\r\n";
      }
      if (secrets > 0) {
        return --secrets == 0 ? "235 2.7.0 Welcome\r\n" : "334 UGFzc3dvcmQ6\r\n";
      }
      var words = line.toUpperCase(Locale.ROOT).split(" ", -1);
      return switch (words[0]) {
        case "EHLO" ->
            "250-bench.test\r\n250-PIPELINING\r\n250-8BITMIME\r\n250 "
                + (safe ? "AUTH PLAIN LOGIN" : "STARTTLS")
                + "\r\n";
        case "STARTTLS" -> "220 2.0.0 Go ahead\r\n";
        case "AUTH" -> signIn(line, words);
        case "DATA" -> {
          inContent = true;
          yield "354 Go ahead\r\n";
        }
        default -> "250 2.0.0 Ok\r\n";
      };
    }

    private String signIn(String line, String[] words) {
      if (words.length > 2 && line.endsWith(REFUSED_PLAIN)) {
        refusedAt = System.nanoTime();
        return "535 5.7.8 Authentication failed\r\n";
      }
      if (words.length > 2) {
        return "235 2.7.0 Welcome\r\n";
      }
      secrets = words[1].equals("LOGIN") ? 2 : 1;
      return words[1].equals("LOGIN") ? "334 VXNlcm5hbWU6\r\n" : "334 \r\n";
    }
  }
}
