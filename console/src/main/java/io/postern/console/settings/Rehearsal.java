package io.postern.console.settings;

import io.postern.smtp.Secret;
import io.postern.smtp.Security;
import io.postern.smtp.check.Check;
import io.postern.smtp.check.Depth;
import io.postern.smtp.check.Draft;
import io.postern.smtp.session.Watch;
import io.postern.smtp.tls.Trust;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/// One check of a relay of our own on loopback, which breaks off when TLS begins. The first check
/// of a process loads the engine, the rules and the runtime's TLS, which takes longer than the
/// check; after a rehearsal that is done when somebody presses *Validate configuration*.
public final class Rehearsal implements Runnable {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final List<String> REPLIES =
      List.of("220 rehearsal ESMTP", "250-rehearsal\r\n250 STARTTLS", "220 2.0.0 Go ahead");

  private final Check check;

  Rehearsal(Check check) {
    this.check = check;
  }

  @Override
  public void run() {
    try (var relay = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      relay.setSoTimeout((int) PATIENCE.toMillis());
      Thread.ofVirtual().name("rehearsal-relay").start(() -> serve(relay));
      check.run(draft(relay.getLocalPort()), Watch.NOBODY);
    } catch (IOException _) {
      // Then the first validation takes longer.
    }
  }

  private static void serve(ServerSocket relay) {
    try (var client = relay.accept()) {
      client.setSoTimeout((int) PATIENCE.toMillis());
      var in =
          new BufferedReader(
              new InputStreamReader(client.getInputStream(), StandardCharsets.ISO_8859_1), 1);
      for (var reply : REPLIES) {
        client.getOutputStream().write((reply + "\r\n").getBytes(StandardCharsets.US_ASCII));
        in.read();
      }
    } catch (IOException _) {
      // The check ends with it.
    }
  }

  private static Draft draft(int port) {
    return new Draft(
        InetAddress.getLoopbackAddress().getHostAddress(),
        port,
        Security.STARTTLS,
        "rehearsal",
        Secret.of("rehearsal"),
        null,
        "",
        "",
        "rehearsal.invalid",
        Trust.publicAuthorities(),
        Depth.LOGIN,
        "",
        PATIENCE);
  }
}
