package io.postern.console.settings;

import io.postern.console.platform.SelfSigned;
import io.postern.console.platform.ServerIdentity;
import io.postern.smtp.Secret;
import io.postern.smtp.Security;
import io.postern.smtp.check.Check;
import io.postern.smtp.check.Depth;
import io.postern.smtp.check.Draft;
import io.postern.smtp.diagnosis.Verdict;
import io.postern.smtp.session.Watch;
import io.postern.smtp.tls.Trust;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/// One check of a relay of our own on loopback, with a certificate made for it. The first check of
/// a process loads the engine, the authorities and the runtime's TLS, which takes longer than the
/// check; after a rehearsal that is done when somebody presses *Validate configuration*.
public final class Rehearsal implements Runnable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final String HOST = "127.0.0.1";
  private static final List<String> CLEAR =
      List.of("220 rehearsal ESMTP", "250-rehearsal\r\n250 STARTTLS", "220 2.0.0 Go ahead");
  private static final List<String> SAFE =
      List.of("250-rehearsal\r\n250 AUTH PLAIN", "235 2.7.0 Welcome", "221 2.0.0 Bye");

  private final Check check;
  private final InstantSource clock;
  private final RandomGenerator random;

  Rehearsal(Check check, InstantSource clock, RandomGenerator random) {
    this.check = check;
    this.clock = clock;
    this.random = random;
  }

  @Override
  public void run() {
    try {
      play();
    } catch (IOException | GeneralSecurityException _) {
      // Then the first validation takes longer.
    }
  }

  Verdict play() throws IOException, GeneralSecurityException {
    var identity = SelfSigned.make(List.of(HOST), clock.instant(), random);
    var tls = tls(identity);
    try (var relay = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      relay.setSoTimeout((int) PATIENCE.toMillis());
      Thread.ofVirtual().name("rehearsal-relay").start(() -> serve(relay, tls));
      return check.run(
          draft(relay.getLocalPort(), new Trust(identity.chain(), false)), Watch.NOBODY);
    }
  }

  private static SSLContext tls(ServerIdentity identity) throws GeneralSecurityException {
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(identity.store(), new char[0]);
    var tls = SSLContext.getInstance("TLS");
    tls.init(managers.getKeyManagers(), null, null);
    return tls;
  }

  private static void serve(ServerSocket relay, SSLContext tls) {
    try (var client = relay.accept()) {
      client.setSoTimeout((int) PATIENCE.toMillis());
      for (var reply : CLEAR) {
        say(client, reply);
        if (!reply.equals(CLEAR.getLast())) {
          line(client);
        }
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

  private static Draft draft(int port, Trust trust) {
    return new Draft(
        HOST,
        port,
        Security.STARTTLS,
        "rehearsal",
        Secret.of("rehearsal"),
        null,
        "",
        "",
        "rehearsal.invalid",
        trust,
        Depth.LOGIN,
        "",
        PATIENCE);
  }
}
