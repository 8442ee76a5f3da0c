package io.postern.console.settings;

import io.postern.console.platform.ServerIdentity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/// A relay on loopback that one rehearsal signs in to: STARTTLS, then it takes any password.
/// Accepts one connection and opens none.
final class RehearsalRelay implements AutoCloseable {
  private static final List<String> CLEAR =
      List.of("220 rehearsal ESMTP", "250-rehearsal\r\n250 STARTTLS", "220 2.0.0 Go ahead");
  private static final List<String> SAFE =
      List.of("250-rehearsal\r\n250 AUTH PLAIN", "235 2.7.0 Welcome", "221 2.0.0 Bye");

  private final ServerSocket listener;
  private final SSLContext tls;
  private final int patienceMillis;

  /// @param patience for the connection, and for each line of it
  RehearsalRelay(ServerIdentity identity, Duration patience)
      throws IOException, GeneralSecurityException {
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(identity.store(), new char[0]);
    tls = SSLContext.getInstance("TLS");
    tls.init(managers.getKeyManagers(), null, null);
    patienceMillis = (int) patience.toMillis();
    listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    listener.setSoTimeout(patienceMillis);
    Thread.ofVirtual().name("rehearsal-relay").start(this::serve);
  }

  int port() {
    return listener.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }

  private void serve() {
    try (var client = listener.accept()) {
      client.setSoTimeout(patienceMillis);
      say(client, CLEAR.getFirst());
      for (var reply : CLEAR.subList(1, CLEAR.size())) {
        line(client);
        say(client, reply);
      }
      var secured =
          (SSLSocket) tls.getSocketFactory().createSocket(client, null, client.getPort(), true);
      secured.setUseClientMode(false);
      for (var reply : SAFE) {
        line(secured);
        say(secured, reply);
      }
    } catch (IOException _) {
      // The check ends with it.
    }
  }

  private static void say(Socket client, String reply) throws IOException {
    client.getOutputStream().write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
  }

  /// Octet by octet: what follows STARTTLS belongs to TLS.
  private static void line(Socket client) throws IOException {
    var in = client.getInputStream();
    int octet;
    do {
      octet = in.read();
    } while (octet >= 0 && octet != '\n');
  }
}
