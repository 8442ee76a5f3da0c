package io.postern.smtp.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.smtp.Secret;
import io.postern.smtp.Security;
import io.postern.smtp.Stage;
import io.postern.smtp.diagnosis.Finding.CertificateRefused;
import io.postern.smtp.diagnosis.Finding.CertificateRefused.Flaw;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/// A relay on this very machine: no network lies in between, so nobody on it is to blame.
class ThisMachineTest {
  static final List<String> OWN = List.of("127.0.0.1", "localhost", "relay.localhost", "::1");

  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final Finding.NotOffered NO_STARTTLS = new Finding.NotOffered("STARTTLS");

  @ParameterizedTest
  @FieldSource("OWN")
  void a_server_without_starttls_has_none(String host) {
    // Over the network another list on another port gives a proxy away.
    assertEquals("smtp-intercepted", diagnose("mail.example.net", NO_STARTTLS).cause());
    var told = diagnose(host, NO_STARTTLS);
    assertEquals("starttls-not-offered", told.cause());
    assertEquals(List.of(), told.otherCauses());
  }

  @ParameterizedTest
  @FieldSource("OWN")
  void no_fault_of_the_conversation_is_anybody_elses(String host) {
    var faults =
        Stream.of(
            new Finding.ProtocolBroken("A reply came out of turn.", ""),
            new Finding.InjectedOctets(),
            NO_STARTTLS);
    faults.forEach(finding -> {
      var told = diagnose(host, finding);
      var causes =
          Stream.concat(
              Stream.of(told.cause()),
              told.otherCauses().stream().map(Diagnosis.OtherCause::cause));
      assertFalse(causes.anyMatch("smtp-intercepted"::equals), () -> host + " " + finding);
    });
  }

  @Test
  void no_public_provider_is_there() {
    var unknown =
        new CertificateRefused(Flaw.UNKNOWN_ISSUER, "x", "Own CA", NOW, List.of("localhost"));
    assertTrue(
        diagnose("mail.example.net", unknown).remedy().toString().contains("public provider"));
    var told = diagnose("localhost", unknown);
    assertEquals("cert-unknown-ca", told.cause());
    assertFalse(told.remedy().toString().contains("public provider"), told.remedy()::toString);
    assertEquals(2, told.remedy().size());
  }

  @Test
  void what_is_not_certain_does_not_read_like_a_fact() {
    var told = diagnose("localhost", NO_STARTTLS);
    assertEquals(Certainty.LIKELY, told.certainty());
    assertEquals("Probably: " + told.title(), told.headline());
    assertEquals("T", Diagnoser.sure("cert-revoked", "", false).titled("T").headline());
    assertEquals(
        "Most likely: T", Diagnoser.guess("cert-revoked", "", false).titled("T").headline());
  }

  private static Diagnosis diagnose(String host, Finding finding) {
    var other =
        new Observation.Sibling(
            465, true, "mail.example.net ESMTP", List.of("8BITMIME", "DSN", "PIPELINING"));
    var evidence =
        new Evidence(
            Circumstances.UNKNOWN, List.of(), List.of(), new Clocks(NOW, null), List.of(other));
    var context =
        new DiagnosisContext(
            host,
            587,
            Security.STARTTLS,
            "mail.example.net ESMTP",
            List.of("HELP", "SIZE"),
            List.of(),
            List.of(),
            "console@example.net",
            Secret.of("secret"),
            false,
            "console@example.net",
            "",
            "",
            NOW,
            evidence);
    return Diagnoser.diagnose(
        finding instanceof CertificateRefused ? Stage.CERTIFICATE : Stage.EHLO, finding, context);
  }
}
