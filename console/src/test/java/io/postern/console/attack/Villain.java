package io.postern.console.attack;

import io.postern.console.platform.ServerIdentity;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// A mail server on loopback that means harm. It says what it was told to say, and keeps whatever
/// anybody told it.
///
/// An answer belongs to `greeting`, to the beginning of a command, to `.` (the end of a message),
/// or to one of these behind `tls ` for a connection inside TLS. CRLF is added to it unless it ends
/// in a line feed; one that ends in `…` is said again and again for ever; `{line}` is the command;
/// an empty one is silence. Of several beginnings the longest counts.
final class Villain implements AutoCloseable {
  private static final int WAIT_MILLIS = 60_000;
  private static final String FOR_EVER = "…";
  private static final char[] NO_PASSWORD = new char[0];
  private static final Map<String, String> USUAL =
      Map.of(
          "greeting", "220 villain.test ESMTP",
          "EHLO", "250-villain.test\r\n250-STARTTLS\r\n250 AUTH PLAIN LOGIN",
          "tls EHLO", "250-villain.test\r\n250 AUTH PLAIN LOGIN",
          "STARTTLS", "220 2.0.0 go ahead",
          "AUTH", "235 2.7.0 signed in",
          "DATA", "354 go ahead",
          "QUIT", "221 2.0.0 bye");

  private final ServerSocket listener;
  private final Map<String, String> answers;
  private final @Nullable SSLContext identity;
  private final boolean tlsFromTheStart;
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private final List<String> messages = new CopyOnWriteArrayList<>();
  private final AtomicLong said = new AtomicLong();
  private final AtomicInteger flooding = new AtomicInteger();

  private Villain(
      Map<String, String> answers, @Nullable SSLContext identity, boolean tlsFromTheStart) {
    this.answers = Map.copyOf(answers);
    this.identity = identity;
    this.tlsFromTheStart = tlsFromTheStart;
    try {
      listener = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().name("villain").start(this::accept);
  }

  /// Without a certificate; who begins TLS gets nowhere.
  static Villain saying(Map<String, String> answers) {
    return new Villain(answers, null, false);
  }

  /// Changes to TLS where its answer to STARTTLS is a 220.
  static Villain withStartTls(ServerIdentity identity, Map<String, String> answers) {
    return new Villain(answers, context(identity), false);
  }

  static Villain withTls(ServerIdentity identity, Map<String, String> answers) {
    return new Villain(answers, context(identity), true);
  }

  int port() {
    return listener.getLocalPort();
  }

  /// Every command of every connection.
  List<String> heard() {
    return heard;
  }

  /// The octets of every message up to CRLF.CRLF, one character each.
  List<String> messages() {
    return messages;
  }

  /// How many octets it got rid of: what was read, and what the kernel keeps for every connection.
  long said() {
    return said.get();
  }

  /// Whether nobody listens any more to what it says for ever.
  boolean isLeft() {
    return flooding.get() == 0;
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        var client = listener.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException _) {
        // Closed: the test is over.
        return;
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      client.setSoTimeout(WAIT_MILLIS);
      if (tlsFromTheStart) {
        converse(secured(client), "tls ", true);
      } else {
        converse(client, "", true);
      }
    } catch (IOException _) {
      // The client has had enough.
      return;
    }
  }

  private void converse(Socket client, String where, boolean greets) throws IOException {
    if (greets) {
      say(client, where, "greeting");
    }
    while (true) {
      var line = line(client.getInputStream());
      heard.add(line);
      var reply = say(client, where, line);
      if (line.equals("STARTTLS") && reply.startsWith("220") && identity != null) {
        converse(secured(client), "tls ", false);
        return;
      }
      if (line.equals("DATA") && reply.startsWith("354")) {
        messages.add(content(client.getInputStream()));
        say(client, where, ".");
      }
    }
  }

  private String say(Socket client, String where, String line) throws IOException {
    var reply = reply(where + line).replace("{line}", line);
    if (reply.endsWith(FOR_EVER)) {
      flood(client, reply.substring(0, reply.length() - FOR_EVER.length()).repeat(1_000));
    } else if (!reply.isEmpty()) {
      write(client, reply.endsWith("\n") ? reply : reply + "\r\n");
    }
    return reply;
  }

  private void flood(Socket client, String block) throws IOException {
    flooding.incrementAndGet();
    try {
      while (true) {
        write(client, block);
      }
    } finally {
      flooding.decrementAndGet();
    }
  }

  private void write(Socket client, String text) throws IOException {
    var octets = text.getBytes(StandardCharsets.ISO_8859_1);
    client.getOutputStream().write(octets);
    client.getOutputStream().flush();
    said.addAndGet(octets.length);
  }

  private String reply(String line) {
    return find(answers, line, find(answers, bare(line), find(USUAL, line, usual(bare(line)))));
  }

  private static String bare(String line) {
    return line.startsWith("tls ") ? line.substring("tls ".length()) : line;
  }

  private static String usual(String line) {
    return find(USUAL, line, "250 2.0.0 ok");
  }

  private static String find(Map<String, String> answers, String line, String otherwise) {
    return answers.entrySet().stream()
        .filter(each -> line.startsWith(each.getKey()))
        .max(Comparator.comparingInt(each -> each.getKey().length()))
        .map(Map.Entry::getValue)
        .orElse(otherwise);
  }

  private SSLSocket secured(Socket client) throws IOException {
    var factory = java.util.Objects.requireNonNull(identity).getSocketFactory();
    var secured = (SSLSocket) factory.createSocket(client, null, true);
    secured.setUseClientMode(false);
    secured.startHandshake();
    return secured;
  }

  private static String line(InputStream in) throws IOException {
    var line = until(in, "\n");
    return line.endsWith("\r\n") ? line.substring(0, line.length() - 2) : line;
  }

  private static String content(InputStream in) throws IOException {
    var content = "\r\n" + until(in, "\r\n.\r\n");
    return content.substring(2, content.length() - "\r\n.\r\n".length());
  }

  private static String until(InputStream in, String end) throws IOException {
    var octets = new ByteArrayOutputStream();
    while (true) {
      var octet = in.read();
      if (octet < 0) {
        throw new EOFException();
      }
      octets.write(octet);
      if (octet == '\n' && octets.toString(StandardCharsets.ISO_8859_1).endsWith(end)) {
        return octets.toString(StandardCharsets.ISO_8859_1);
      }
    }
  }

  private static SSLContext context(ServerIdentity identity) {
    try {
      var managers = KeyManagerFactory.getInstance("PKIX");
      managers.init(identity.store(), NO_PASSWORD);
      var context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
