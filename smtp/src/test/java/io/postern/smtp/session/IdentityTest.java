package io.postern.smtp.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.postern.smtp.EhloName;
import io.postern.smtp.HostName;
import io.postern.smtp.Security;
import io.postern.smtp.Stage;
import io.postern.smtp.diagnosis.Finding.CertificateRefused;
import io.postern.smtp.dns.DnsAnswer;
import io.postern.smtp.dns.Resolver;
import io.postern.smtp.fixtures.Authority;
import io.postern.smtp.fixtures.EveryName;
import io.postern.smtp.fixtures.ScriptedServer;
import io.postern.smtp.fixtures.ScriptedServer.Step;
import io.postern.smtp.tls.Trust;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whom the certificate must name, and that it is asked each time.
class IdentityTest {
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final String ALIAS = "relay.provider.test";

  private final Authority authority = new Authority(NOW);

  @Test
  void R205_the_name_behind_an_alias_does_not_stand_in_for_the_configured_one()
      throws IOException, InterruptedException {
    Resolver alias =
        (_, type, _) ->
            type == Resolver.RecordType.A
                ? new DnsAnswer.Found(List.of("127.0.0.1"), ALIAS)
                : new DnsAnswer.NoData();
    var refused = opened("good", ALIAS, alias);

    assertEquals(Stage.CERTIFICATE, refused.failure().stage());
    assertEquals(CertificateRefused.Flaw.NAME_MISMATCH, flaw(refused));
  }

  @Test
  void R211_a_relay_that_was_verified_once_is_verified_again()
      throws IOException, InterruptedException {
    assertInstanceOf(Submission.Opening.Ready.class, open("good", "mx.test", new EveryName()));
    var refused = opened("unknown-authority", "mx.test", new EveryName());

    assertEquals(CertificateRefused.Flaw.UNKNOWN_ISSUER, flaw(refused));
    assertEquals(Failure.Scope.DESTINATION, refused.failure().scope());
  }

  private Submission.Opening.Failed opened(String certificate, String named, Resolver resolver)
      throws IOException, InterruptedException {
    return assertInstanceOf(Submission.Opening.Failed.class, open(certificate, named, resolver));
  }

  /// The password is asked for inside TLS; it must not be heard where the certificate is refused.
  private Submission.Opening open(String certificate, String named, Resolver resolver)
      throws IOException, InterruptedException {
    var good =
        List.of("C: EHLO *", "S: 250-mx.test", "S: 250 AUTH PLAIN", "C: AUTH *", "S: 235 Ok");
    var steps =
        new java.util.ArrayList<>(
            List.of("S: 220 mx.test", "C: EHLO *", "S: 250-mx.test", "S: 250 STARTTLS"));
    steps.addAll(List.of("C: STARTTLS", "S: 220 Go", "!tls " + certificate));
    if (certificate.equals("good") && named.equals("mx.test")) {
      steps.addAll(good);
    }
    var script = steps.stream().map(text -> new Step(0, text)).toList();
    try (var server = ScriptedServer.start(script, authority, named)) {
      var network =
          new Network(resolver, new SystemDialer(), () -> NOW, System::nanoTime, new Random(7));
      var opening = Submission.open(relay(server.port()), network, Watch.NOBODY);
      if (opening instanceof Submission.Opening.Ready(var submission, _)) {
        submission.close();
      }
      assertNull(server.difference());
      return opening;
    }
  }

  private Relay relay(int port) {
    return new Relay(
        HostName.parse("mx.test"),
        port,
        Security.STARTTLS,
        new Trust(List.of(authority.certificate()), false),
        new Credentials.Password("jo", io.postern.smtp.Secret.of("open-sesame")),
        EhloName.parse("client.test"),
        Patience.ofDelivery());
  }

  private static CertificateRefused.Flaw flaw(Submission.Opening.Failed failed) {
    return assertInstanceOf(CertificateRefused.class, failed.failure().finding()).kind();
  }
}
