package io.postern.smtp.diagnosis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.smtp.EnhancedStatus;
import io.postern.smtp.Reply;
import io.postern.smtp.Secret;
import io.postern.smtp.Security;
import io.postern.smtp.Stage;
import io.postern.smtp.check.Check;
import io.postern.smtp.check.Draft;
import io.postern.smtp.fixtures.Authority;
import io.postern.smtp.fixtures.EveryName;
import io.postern.smtp.fixtures.ScriptedServer;
import io.postern.smtp.fixtures.ScriptedServer.Step;
import io.postern.smtp.session.Network;
import io.postern.smtp.session.SystemDialer;
import io.postern.smtp.session.Watch;
import io.postern.smtp.tls.Trust;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What is said where a sign-in is missing, not wanted or refused.
class SignInWordsTest {
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final Finding NO_AUTH = new Finding.NotOffered("AUTH");
  private static final Observation CHANGED =
      new Observation.OfferedBeforeTls(List.of("PLAIN", "LOGIN"));

  @Test
  void R245_each_lack_of_a_sign_in_has_its_own_words() {
    var none = diagnose(Stage.AUTH, NO_AUTH, Security.STARTTLS, List.of());
    var behindTls = diagnose(Stage.AUTH, NO_AUTH, Security.NONE, List.of("STARTTLS"));
    var changed = diagnose(Stage.AUTH, NO_AUTH, Security.STARTTLS, List.of(), CHANGED);
    var notWanted =
        diagnose(
            Stage.AUTH, NO_AUTH, Security.STARTTLS, List.of(), new Observation.WithoutSignIn(true));
    var wanted =
        Diagnoser.diagnose(
            Stage.MAIL_FROM,
            refused("MAIL FROM", 530, new EnhancedStatus(5, 7, 0), "Authentication required"),
            context("", "", Security.STARTTLS, List.of("AUTH"), Evidence.NONE));

    assertEquals(
        List.of(
            "auth-not-offered",
            "auth-before-tls-required",
            "auth-not-offered",
            "auth-not-needed",
            "auth-required"),
        Stream.of(none, behindTls, changed, notWanted, wanted).map(Diagnosis::cause).toList());
    assertTrue(changed.summary().contains("Before TLS it offered PLAIN, LOGIN."));
    assertTrue(!none.summary().contains("Before TLS"), none::summary);
  }

  @Test
  void R245_a_list_that_is_gone_inside_tls_is_noticed() throws IOException, InterruptedException {
    var authority = new Authority(NOW);
    var script =
        Stream.of(
                "S: 220 mx.test",
                "C: EHLO *",
                "S: 250-mx.test",
                "S: 250-STARTTLS",
                "S: 250 AUTH PLAIN",
                "C: STARTTLS",
                "S: 220 Go",
                "!tls good",
                "C: EHLO *",
                "S: 250 mx.test")
            .map(text -> new Step(0, text))
            .toList();
    try (var server = ScriptedServer.start(script, authority, "mx.test")) {
      var network =
          new Network(
              new EveryName(), new SystemDialer(), () -> NOW, System::nanoTime, new Random(7));
      var verdict = new Check(network).run(draft(server.port(), authority), Watch.NOBODY);
      var summary = Objects.requireNonNull(verdict.diagnosis()).summary();
      assertTrue(summary.contains("Before TLS it offered PLAIN."), summary);
    }
  }

  @Test
  void R246_the_other_form_of_a_user_name_is_offered_where_nobody_knows_what_is_wanted() {
    assertEquals(List.of("Sign in as jo"), offers("mail.example.net", "jo@example.net"));
    assertEquals(List.of("Sign in as jo@client.test"), offers("mail.example.net", "jo"));
    assertEquals(List.of(), offers("mail.example.net", "CORP\\jo"));
    assertEquals(List.of(), offers("smtp.gmail.com", "jo@example.net"));
  }

  private static List<String> offers(String host, String username) {
    var refusal = refused("AUTH PLAIN", 535, new EnhancedStatus(5, 7, 8), "Authentication failed");
    var context = context(host, username, Security.STARTTLS, List.of("AUTH"), Evidence.NONE);
    return Diagnoser.diagnose(Stage.AUTH, refusal, context).repairs().stream()
        .map(Repair::label)
        .toList();
  }

  private static Diagnosis diagnose(
      Stage stage,
      Finding finding,
      Security security,
      List<String> keywords,
      Observation... observations) {
    var evidence =
        new Evidence(
            Circumstances.UNKNOWN, List.of(), List.of(), Clocks.UNKNOWN, List.of(observations));
    return Diagnoser.diagnose(
        stage,
        finding,
        context("mail.example.net", "jo@example.net", security, keywords, evidence));
  }

  private static Finding refused(String command, int code, EnhancedStatus enhanced, String text) {
    return new Finding.Refused(command, new Reply(code, enhanced, List.of(text)));
  }

  private static DiagnosisContext context(
      String host, String username, Security security, List<String> keywords, Evidence evidence) {
    return new DiagnosisContext(
        host,
        587,
        security,
        "mail.example.net ESMTP",
        keywords,
        List.of(),
        List.of(),
        username,
        Secret.of("secret"),
        false,
        "console@client.test",
        "",
        "",
        NOW,
        evidence);
  }

  private static Draft draft(int port, Authority authority) {
    return new Draft(
        "mx.test",
        port,
        Security.STARTTLS,
        "jo",
        Secret.of("open-sesame"),
        null,
        "",
        "",
        "client.test",
        new Trust(List.of(authority.certificate()), false),
        null,
        "",
        Duration.ofSeconds(20));
  }
}
