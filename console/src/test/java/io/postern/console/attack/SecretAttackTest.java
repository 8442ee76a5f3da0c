package io.postern.console.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.api.TinyRelay;
import io.postern.console.platform.ServerIdentity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The relay's password, and whoever wants it: F-408, F-413, F-415 and F-416 of
/// `docs/security/attacks.md`.
final class SecretAttackTest extends OneTarget {
  private static final String CANARY = "hunter2-x-canary";

  /// CVE-2026-41016 (Airflow), CVE-2020-2252 (Jenkins: no check of the name), CVE-2017-15042 (Go).
  @ParameterizedTest
  @CsvSource({
    "tls,unknown",
    "tls,wrong-name",
    "tls,expired",
    "starttls,unknown",
    "starttls,wrong-name",
    "starttls,expired"
  })
  void f408_no_password_goes_to_a_server_that_proved_nothing(String security, String flaw) {
    var identity = flawed(flaw);
    try (var thief =
        security.equals("tls")
            ? Villain.withTls(identity, Map.of())
            : Villain.withStartTls(identity, Map.of())) {
      var answer = target.refused(Target.body(thief.port(), security));
      assertThat(answer.at("/verdict/stage")).as(answer.body()).isEqualTo("certificate");
      assertThat(thief.heard()).noneMatch(line -> line.matches("(AUTH|MAIL).*"));
    }
  }

  private ServerIdentity flawed(String flaw) {
    return switch (flaw) {
      case "unknown" -> target.unknown();
      case "wrong-name" -> Target.certificate("relay.evil.example", target.console().now());
      case "expired" ->
          Target.certificate("127.0.0.1", target.console().now().minus(Duration.ofDays(400)));
      default -> throw new IllegalArgumentException(flaw);
    };
  }

  /// What KumoMTA refuses: a sign-in where the certificate was not judged. Here somebody has to
  /// choose it, and everybody is told.
  @Test
  void f413_a_server_that_nobody_proved_gets_a_password_only_where_somebody_chose_so() {
    try (var relay = Villain.withTls(target.unknown(), Map.of())) {
      target.refused(Target.body(relay.port(), "tls"));
      assertThat(relay.heard()).noneMatch(line -> line.startsWith("AUTH"));

      var chosen = Target.with(Target.body(relay.port(), "tls"), "insecureSkipVerifyTls", "true");
      var begun = target.root().post(Target.CHECKS, chosen);
      var told = target.root().get(Target.CHECKS + "/" + begun.at("/uid") + "/events").body();
      assertThat(told).as("the verdict warns").contains("warnings").contains("not verified");
      assertThat(relay.heard()).anyMatch(line -> line.startsWith("AUTH"));
      target.save(chosen);
      assertThat(target.root().get("/v1/audits?limit=3").body())
          .contains("Insecure Skip TLS Verify: off → on");
      assertThat(target.browser().get("/system").body()).contains("Insecure Skip TLS Verify");
    }
  }

  /// CVE-2024-5967 (Keycloak) and its four successors, CVE-2026-84721 (Ansible): the server is
  /// changed, the password is left alone, and goes to the attacker.
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\0',
      value = {
        "smtpPort,THIEF",
        "smtpServer,\"localhost\"",
        "connectionSecurity,\"starttls\"",
        "connectionSecurity,\"tls\"",
        "fromEmailId,\"other@example.com\"",
        "userName,\"other\"",
        "replyTo,\"help@example.com\"",
        "authMechanism,\"LOGIN\"",
        "insecureSkipVerifyTls,true"
      })
  void R520_f415_a_stored_password_goes_nowhere_else(String field, String value)
      throws IOException {
    try (var relay = new TinyRelay();
        var thief = Villain.saying(Map.of())) {
      var saved = Target.with(Target.body(relay.port(), "none"), "testRecipient", "");
      target.save(saved);
      relay.commands().clear();
      var kept = Target.with(saved, "password", "");
      var moved = Target.with(kept, field, value.replace("THIEF", String.valueOf(thief.port())));
      var root = target.root();
      assertThat(target.validate(moved).problem()).isEqualTo("422 password-needed");
      assertThat(root.post(Target.CHECKS, moved).problem()).isEqualTo("422 password-needed");
      assertThat(root.put(Target.CONFIGURATION, moved).problem()).isEqualTo("422 password-needed");
      assertThat(thief.heard()).isEmpty();
      assertThat(relay.commands()).noneMatch(command -> command.startsWith("AUTH"));
      assertThat(target.validate(kept).status()).as("where it was saved for").isEqualTo(204);
    }
  }

  /// The same on the page.
  @Test
  void R520_f415_a_page_that_names_another_server_sends_no_stored_password() throws IOException {
    try (var relay = new TinyRelay();
        var thief = Villain.saying(Map.of())) {
      target.save(Target.with(Target.body(relay.port(), "none"), "testRecipient", ""));
      var page = "/system/administration/smtp";
      var browser = target.browser();
      for (var action : List.of("validate", "save")) {
        var answer =
            browser.submit(
                page,
                page,
                Map.of(
                    "action", action,
                    "version", "1",
                    "smtpServer", "127.0.0.1",
                    "smtpPort", String.valueOf(thief.port()),
                    "connectionSecurity", "none",
                    "securityChosen", "true",
                    "userName", "postern",
                    "fromEmailId", "noreply@example.com"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
      }
      assertThat(thief.heard()).isEmpty();
    }
  }

  /// CVE-2026-114471 (hMailServer: one spelling of AUTH was masked), GHSA-5c4v-vh95-c67c (Jenkins:
  /// the password comes back in the form). The server repeats what it was told.
  @ParameterizedTest
  @ValueSource(strings = {"PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-256", "XOAUTH2"})
  void R524_f416_a_password_stands_in_no_answer(String mechanism) {
    var echo = "535 5.7.8 no, {line} is wrong";
    var answers =
        Map.of(
            "greeting", "220 villain.test",
            "EHLO", "250-villain.test\r\n250 AUTH " + mechanism,
            "AUTH PLAIN", echo,
            "AUTH XOAUTH2", echo,
            "AUTH SCRAM", echo,
            "AUTH", "334 PDE4OTYuNjk3MTcwOTUyQG14LnRlc3Q+",
            "", echo);
    try (var villain = Villain.saying(answers)) {
      var body = Target.with(Target.body(villain.port(), "none"), "password", "\"" + CANARY + "\"");
      var seen = target.refused(body).body();
      var begun = target.root().post(Target.CHECKS, body);
      var path = Target.CHECKS + "/" + begun.at("/uid");
      seen += target.root().get(path + "/events").body() + target.root().get(path).body();
      seen += target.root().get("/v1/audits").body();
      for (var spelling : spellings()) {
        assertThat(seen).doesNotContain(spelling);
      }
    }
  }

  private static List<String> spellings() {
    var octets = CANARY.getBytes(StandardCharsets.UTF_8);
    var plain = ("\0postern\0" + CANARY).getBytes(StandardCharsets.UTF_8);
    var encoder = Base64.getEncoder().withoutPadding();
    return List.of(
        CANARY,
        encoder.encodeToString(octets),
        encoder.encodeToString(plain),
        HexFormat.of().formatHex(octets));
  }
}
