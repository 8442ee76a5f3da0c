package io.postern.console.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.Eventually;
import io.postern.console.api.TinyRelay;
import io.postern.smtp.session.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a mail server, or whoever stands before one, can do to the running console: F-401, F-402,
/// F-405, F-406, F-409 to F-411 of `docs/security/attacks.md`.
final class RelayAttackTest extends OneTarget {
  /// Of some five connections, for each of which the kernel keeps up to 10 MiB.
  private static final long TAKEN_OCTETS_MAX = 64L << 20;

  /// CVE-2021-22947 (curl), CVE-2021-38371 (Exim): words behind the 220, before TLS.
  @ParameterizedTest
  @ValueSource(strings = {"250-AUTH PLAIN", "250 2.0.0 ok", "235 2.7.0 signed in", "x", ""})
  void f401_what_is_slipped_in_before_tls_ends_the_session(String slipped) {
    try (var thief =
        Villain.withStartTls(
            target.unknown(), Map.of("STARTTLS", "220 go\r\n" + slipped + "\r\n"))) {
      var answer = target.refused(trusting(thief.port(), "starttls"));
      assertThat(answer.at("/verdict/stage")).as(answer.body()).isEqualTo("starttls");
      assertThat(thief.heard()).noneMatch(line -> line.matches("(AUTH|MAIL).*"));
    }
  }

  /// GHSA-9j88-vvj5-vhgr (MailKit): what was offered before TLS is used inside it.
  @Test
  void f401_what_was_offered_before_tls_counts_no_more() {
    try (var thief =
        Villain.withStartTls(target.unknown(), Map.of("tls EHLO", "250 villain.test"))) {
      var answer = target.refused(trusting(thief.port(), "starttls"));
      assertThat(answer.at("/verdict/stage")).as(answer.body()).isEqualTo("auth");
      assertThat(thief.heard()).anyMatch("STARTTLS"::equals);
      assertThat(thief.heard()).noneMatch(line -> line.startsWith("AUTH"));
    }
  }

  private String trusting(int port, String security) {
    return Target.with(Target.body(port, security), "insecureSkipVerifyTls", "true");
  }

  /// CVE-2026-107121 (Keycloak), CVE-2021-38373 (KMail): no TLS, and the password all the same.
  @ParameterizedTest
  @CsvSource({
    "starttls,EHLO,250-villain.test|250 AUTH PLAIN",
    "starttls,STARTTLS,454 4.7.0 not now",
    "starttls,STARTTLS,501 5.5.4 no",
    "starttls,STARTTLS,502 5.5.1 unknown",
    "starttls,STARTTLS,250 2.0.0 no need",
    "starttls,STARTTLS,%$&",
    "starttls,STARTTLS,220 2.0.0 but no handshake follows",
    "tls,greeting,220 villain.test in clear text"
  })
  void f402_no_mode_falls_back_to_clear_text(String security, String command, String answer) {
    try (var thief = Villain.saying(Map.of(command, crlf(answer)))) {
      target.refused(Target.body(thief.port(), security));
      assertThat(thief.heard()).noneMatch(line -> line.matches("(AUTH|MAIL|RCPT).*"));
    }
  }

  /// Told in Postfix's smtp_chat.c: a reply too many is taken for the one to the message, and the
  /// mail is lost.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "354 go ahead\r\n250 2.0.0 queued as 666",
        "250 2.1.0 ok\r\n250 2.1.5 ok\r\n354 go ahead\r\n250 2.0.0 queued as 666",
        "250 2.0.0 queued as 666",
        "354 go ahead\r\n%$&"
      })
  void f405_a_reply_too_many_is_not_taken_for_the_one_to_the_message(String reply)
      throws IOException {
    try (var villain = Villain.saying(Map.of("DATA", reply, ".", "451 4.3.0 not taken"));
        var honest = new TinyRelay()) {
      target.save(anonymous(villain.port()));
      var uid = target.send(letter("f405")).at("/uid");
      var told = target.tried(uid);
      assertThat(told.at("/state")).as(told.body()).isNotIn("delivered", "failed", "unknown");
      target.save(anonymous(honest.port()));
      target.root().post(Target.MAILS + "/" + uid + "/retry", "");
      Eventually.until(
          () -> target.root().get(Target.MAILS + "/" + uid).at("/state").equals("delivered"));
      assertThat(honest.messages()).filteredOn(each -> each.contains("Subject: f405")).hasSize(1);
    }
  }

  private static String anonymous(int port) {
    return """
    {"smtpServer":"127.0.0.1","smtpPort":%d,"connectionSecurity":"none",\
    "fromEmailId":"noreply@example.com"}\
    """
        .formatted(port);
  }

  private static String letter(String subject) {
    return "\"to\":\"ada@example.com\",\"subject\":\"%s\",\"text\":\"Hello\"".formatted(subject);
  }

  /// Told in Postfix's smtp_proto.c (the kind of CVE-2009-3555): who answers what was not asked yet
  /// is not the server.
  @ParameterizedTest
  @CsvSource({
    "none,greeting,220 villain.test|250 AUTH PLAIN",
    "none,EHLO,250 AUTH PLAIN|235 2.7.0 signed in",
    "none,AUTH,235 2.7.0 signed in|250 2.1.0 ok",
    "starttls,EHLO,250 STARTTLS|220 go ahead",
    "starttls,tls EHLO,250 AUTH PLAIN|235 2.7.0 signed in"
  })
  void f406_a_reply_to_what_was_not_asked_yet_ends_the_session(
      String security, String command, String replies) {
    try (var villain = Villain.withStartTls(target.unknown(), Map.of(command, crlf(replies)))) {
      var answer = target.refused(trusting(villain.port(), security));
      assertThat(answer.at("/verdict/cause")).as(answer.body()).isNotEmpty();
      assertThat(villain.messages()).isEmpty();
      assertThat(villain.heard()).noneMatch(line -> line.startsWith("RCPT"));
    }
  }

  /// CVE-2026-43964 (Postfix: an enhanced code with nothing behind it), CVE-2020-8794 (OpenSMTPD:
  /// replies of several lines).
  @ParameterizedTest
  @ValueSource(
      strings = {
        "250 2.1.0",
        "550 5.1.",
        "550 5.1.1111",
        "550 2.0.0",
        "250 ",
        "250",
        "2",
        "",
        "\n",
        "250-\r\n250-\r\n250 ",
        "250-one\r\n550 two",
        "250-\r\n\r\n250 x",
        "999 99.99.99 \u0007",
        "-250 x",
        "250\u0000 x",
        "250\t5.1.1",
        "25\u00b2 x",
        "250 2.1.0 \u001b[2J\u202e<script>alert(1)</script>",
        "2147483648 x",
        "550-5.1.1 \r\n550-\u0000\r\n550 5.1.1"
      })
  void f409_no_reply_breaks_its_reader(String reply) {
    for (var command : new String[] {"greeting", "EHLO", "AUTH", "MAIL"}) {
      try (var villain = Villain.saying(Map.of(command, reply + "\r\n", "QUIT", ""))) {
        var answer = target.validate(Target.body(villain.port(), "none"));
        assertThat(answer.status()).as(command + " " + answer.body()).isIn(204, 422);
        assertThat(answer.body().chars()).noneMatch(each -> each < ' ' && each != '\n');
      }
    }
    assertThat(target.root().get("/actuator/health/liveness").status()).isEqualTo(200);
  }

  /// CVE-2026-9801 (Keycloak): one reply that never ends takes the memory of everybody.
  @ParameterizedTest
  @CsvSource({
    "none,greeting,220-welcome|…",
    "none,greeting,x…",
    "none,EHLO,250-X-Y|…",
    "none,AUTH,334 …",
    "none,AUTH,535-no|…",
    "none,MAIL,250-…",
    "tls,greeting,#…",
    "starttls,STARTTLS,220-…"
  })
  void f410_a_reply_without_end_is_cut_off(String security, String command, String reply) {
    try (var villain = Villain.saying(Map.of(command, crlf(reply)))) {
      target.refused(Target.body(villain.port(), security));
      Eventually.until(villain::isLeft);
      assertThat(villain.said()).isBetween(1L, TAKEN_OCTETS_MAX);
    }
  }

  /// Lines apart by `|`, as a CSV of JUnit takes no line ends.
  private static String crlf(String lines) {
    return lines.replace("|", "\r\n");
  }

  /// F-411 lists how long Postfix waits. Whoever waits without end is held up by a server that says
  /// nothing: here such a one holds nobody else, and is left at once when somebody says so.
  @Test
  void f411_a_server_that_never_answers_holds_up_nobody() throws IOException {
    try (var silent = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
        var relay = new TinyRelay()) {
      var begun = target.root().post(Target.CHECKS, Target.body(silent.getLocalPort(), "none"));
      assertThat(begun.status()).as(begun.body()).isEqualTo(201);
      var path = Target.CHECKS + "/" + begun.at("/uid");
      assertThat(target.validate(Target.body(relay.port(), "none")).status()).isEqualTo(204);
      assertThat(target.root().get(path).at("/status/state")).isEqualTo("running");

      var asked = System.nanoTime();
      cancel(begun.at("/uid"));
      Eventually.until(() -> target.root().get(path).at("/status/state").equals("cancelled"));
      assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(10));
    }
    var ours = Patience.ofDelivery();
    assertThat(ours.connect()).isLessThanOrEqualTo(Duration.ofSeconds(30));
    assertThat(ours.greeting()).isLessThanOrEqualTo(Duration.ofMinutes(5));
    assertThat(ours.envelope()).isLessThanOrEqualTo(Duration.ofMinutes(5));
    assertThat(ours.dataTermination()).isEqualTo(Duration.ofMinutes(10));
  }

  private void cancel(String uid) {
    var browser = target.browser();
    var page = "/system/administration/smtp";
    browser.submit(page, page + "/checks/" + uid + "/cancel", Map.of());
  }
}
