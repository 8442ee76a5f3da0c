package io.postern.console.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What somebody who may type something can make of it: F-403, F-404, F-407 and F-412 of
/// `docs/security/attacks.md`. The mail server is one that believes everything.
final class InputAttackTest extends OneTarget {
  private static final String THIEF = "thief@evil.example";

  /// What a lenient server takes for the end of a message, as JSON spells it.
  @SuppressWarnings("UnusedVariable") // read by JUnit
  private static final List<String> ENDS =
      List.of(
          "\\n.\\n",
          "\\r.\\r",
          "\\r\\n.\\n",
          "\\n.\\r\\n",
          "\\r.\\r\\n",
          "\\r\\n.\\r",
          "\\n.\\r",
          "\\r\\n.\\r\\n",
          "\\r\\n\\u0000.\\r\\n",
          "\\r\\n.\\u0000\\r\\n",
          "\\u0085.\\u0085",
          "\\u2028.\\u2028",
          "\\u760d\\u760a.\\u760d\\u760a");

  private static final Pattern BARE = Pattern.compile("(?<!\r)\n|\r(?!\n)|\0");
  private static final Pattern LENIENT_END = Pattern.compile("[\r\n]\0?\\.\0?[\r\n]");

  private Villain relay;

  @BeforeAll
  void listen() {
    relay = Villain.saying(Map.of());
    target.relayTo(relay);
  }

  @BeforeEach
  void forget() {
    relay.heard().clear();
    relay.messages().clear();
  }

  @AfterAll
  void hangUp() {
    relay.close();
  }

  /// nodemailer CVE-2026-82853 and -82854, aiosmtplib GHSA-v3q9-hj7j-63hq, Jakarta Mail
  /// CVE-2025-7962 (two letters whose lower octets are CR and LF).
  @ParameterizedTest
  @ValueSource(
      strings = {
        "smtpServer",
        "fromEmailId",
        "fromName",
        "replyTo",
        "ehloName",
        "userName",
        "password",
        "testRecipient"
      })
  void R501_f403_no_field_becomes_a_command_or_a_header(String field) {
    for (var end : new String[] {"\\r\\n", "\\n", "\\r", "\\u760d\\u760a", "\\u2028", "\\u0085"}) {
      var attack = "a%sRCPT TO:<%s>%sBcc: %s%sDATA".formatted(end, THIEF, end, THIEF, end);
      var body = Target.body(relay.port(), "none");
      target.validate(Target.with(body, field, "\"" + attack + "\""));
      assertThat(relay.heard())
          .as(field)
          .noneMatch(command -> command.startsWith("RCPT") && command.contains("evil"))
          .noneMatch(command -> command.startsWith("Bcc"));
      assertThat(relay.messages())
          .as(field)
          .noneMatch(message -> message.lines().anyMatch(line -> line.startsWith("Bcc:")));
    }
  }

  /// RUSTSEC-2026-0561 (lettre): a dot behind a bare line end is not doubled, and the rest of the
  /// letter is commands.
  @ParameterizedTest
  @FieldSource("ENDS")
  void f404_a_dot_behind_any_line_end_ends_no_message(String end) {
    var attack = "Hello" + end + "RSET" + end;
    var uids =
        List.of(
                "\"text\":\"%s\"".formatted(attack),
                "\"text\":\"x\",\"html\":\"<p>%s</p>\"".formatted(attack),
                "\"text\":\"x\",\"subject\":\"%s\"".formatted(attack))
            .stream()
            .map(fields -> "\"to\":\"ada@example.com\",\"subject\":\"f404\"," + fields)
            .map(target::send)
            .filter(answer -> answer.status() == 202)
            .map(answer -> answer.at("/uid"))
            .toList();
    arrived(uids);
    assertThat(relay.heard()).doesNotContain("RSET");
  }

  /// CVE-2023-51764 (Postfix), CVE-2023-51747 (James): the one server sees one mail, the next one
  /// two, the second with a sender of the attacker's choice.
  @ParameterizedTest
  @FieldSource("ENDS")
  void f407_one_mail_is_one_mail_for_strict_and_for_lenient_servers(String end) {
    var second =
        "%sMAIL FROM:<%s>\\r\\nRCPT TO:<ada@example.com>\\r\\nDATA\\r\\nFrom: %s\\r\\n\\r\\nPay%s"
            .formatted(end, THIEF, THIEF, end);
    var mail =
        target.send(
            "\"to\":\"ada@example.com\",\"subject\":\"f407\",\"text\":\"Hello%s\""
                .formatted(second));
    arrived(mail.status() == 202 ? List.of(mail.at("/uid")) : List.of());
    for (var field : List.of("orgName", "firstName", "lastName", "emailId")) {
      var made = target.root().post("/v1/tenants", tenant(field, "x" + second));
      assertThat(made.status()).as(made.body()).isIn(400, 422);
    }
  }

  private static String tenant(String field, String value) {
    var spec =
        new TreeMap<>(
            Map.of(
                "orgName", "Acme", "firstName", "A", "lastName", "L", "emailId", "a@acme.example"));
    spec.put(field, value);
    return spec.entrySet().stream()
        .map(each -> "\"%s\":\"%s\"".formatted(each.getKey(), each.getValue()))
        .collect(Collectors.joining(",", "{\"spec\":{", "}}"));
  }

  /// As many messages as mails, none of which anybody could take for two.
  private void arrived(List<String> uids) {
    for (var uid : uids) {
      assertThat(target.tried(uid).at("/state")).isEqualTo("delivered");
    }
    assertThat(relay.messages()).hasSize(uids.size());
    assertThat(relay.messages())
        .allSatisfy(message -> assertThat(message).doesNotContainPattern(BARE))
        .allSatisfy(message -> assertThat(message).doesNotContainPattern(LENIENT_END));
    assertThat(relay.heard())
        .filteredOn(line -> line.startsWith("MAIL FROM:"))
        .hasSize(uids.size())
        .noneMatch(line -> line.contains("evil"));
  }

  /// GitLab CVE-2023-7028 (an array of addresses), nodemailer CVE-2025-13033 (mail to another than
  /// the one that was looked at).
  @ParameterizedTest
  @ValueSource(
      strings = {
        "[\"ada@example.com\",\"thief@evil.example\"]",
        "{\"0\":\"ada@example.com\"}",
        "\"ada@example.com,thief@evil.example\"",
        "\"ada@example.com thief@evil.example\"",
        "\"thief@evil.example <ada@example.com>\"",
        "\"ada@example.com\\u0000@evil.example\"",
        "\"ada@[192.0.2.1]\"",
        "\"@evil.example:ada@example.com\"",
        "\"ada(thief@evil.example)@example.com\"",
        "\"ada\\uff20evil.example@example.com\"",
        "true",
        "7"
      })
  void R505_f412_one_address_is_one_address(String address) {
    var made =
        target
            .root()
            .post(
                "/v1/system/admins",
                """
                {"metadata":{"name":"x"},"spec":{"adminType":"OperationAdmin","emailId":%s,
                 "firstName":"Ada","lastName":"Lovelace","mfa":{"state":"enabled"}}}\
                """
                    .formatted(address));
    assertThat(made.status()).as(made.body()).isIn(400, 422);
    assertThat(target.root().get("/v1/system/admins").body()).doesNotContain("evil.example");
    var sent = target.send("\"to\":%s,\"subject\":\"f412\",\"text\":\"x\"".formatted(address));
    assertThat(sent.status()).as(sent.body()).isIn(400, 422);
    assertThat(relay.heard()).noneMatch(line -> line.contains("evil"));
  }

  /// nodemailer CVE-2025-13033: an address in the quoted part of another gets the mail.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "\\\"thief@evil.example x\\\"@example.com",
        "\\\"thief@evil.example>,<x\\\"@example.com",
        "\\\"x <thief@evil.example>\\\"@example.com"
      })
  void R504_f412_a_quoted_part_stays_a_part(String address) {
    var sent = target.send("\"to\":\"%s\",\"subject\":\"f412\",\"text\":\"x\"".formatted(address));
    assertThat(sent.status()).as(sent.body()).isIn(202, 422);
    if (sent.status() == 202) {
      target.tried(sent.at("/uid"));
      var typed = address.replace("\\", "");
      assertThat(relay.heard())
          .filteredOn(line -> line.startsWith("RCPT"))
          .singleElement()
          .asString()
          .startsWith("RCPT TO:<" + typed + ">");
    }
  }

  /// CVE-2026-90776 (nodemailer): an address whose reading takes quadratic time.
  @ParameterizedTest
  @ValueSource(strings = {"(", "\\\"", "a@", "<", ".", ",a@b", "\\u00df.", " "})
  void f412_a_long_address_takes_no_time(String piece) {
    var begun = System.nanoTime();
    var address = "\"" + piece.repeat(50_000) + "@example.com\"";
    var sent = target.send("\"to\":%s,\"subject\":\"f412\",\"text\":\"x\"".formatted(address));
    assertThat(sent.status()).as(sent.body()).isIn(400, 413, 422);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
  }
}
