package io.postern.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// What real servers refuse, and the one cause that `postern check` must name for it.
@Tag("lab")
class RefusalMatrixTest {
  private static final Lab LAB = Lab.running();

  static Stream<Arguments> submissionDoors() {
    return Stream.of("postfix", "exim", "dovecot", "opensmtpd")
        .flatMap(
            server -> Stream.of("starttls", "tls", "none").map(mode -> Arguments.of(server, mode)))
        .filter(row -> LAB.has(row.get()[0] + "." + row.get()[1]));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("submissionDoors")
  void wrong_password_is_named(String server, String mode) {
    var answer =
        CheckRun.at(LAB, server + "." + mode, mode)
            .signedIn("alice", "not-the-password")
            .from(LAB.address("alice"))
            .run();
    assertVerdict("auth", "auth-bad-credentials", answer);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("submissionDoors")
  void missing_sign_in_is_named(String server, String mode) {
    var answer =
        CheckRun.at(LAB, server + "." + mode, mode)
            .from(LAB.address("alice"))
            .to(LAB.address("bob"))
            .run();
    assertEquals("auth-required", answer.cause(), answer::toString);
    assertEquals(1, answer.status());
  }

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource({
    "postfix.noauth, starttls, auth, auth-not-offered",
    "opensmtpd.noauth, starttls, auth, auth-not-offered",
    "postfix.mx, starttls, starttls, starttls-not-offered",
    "exim.mx, starttls, starttls, starttls-not-offered",
    "opensmtpd.mx, starttls, starttls, starttls-not-offered",
    "postfix.digest, starttls, auth, auth-mechanism-unsupported",
    "postfix.starttls.xoauth2, starttls, auth, oauth-required",
    "postfix.starttls.oauthbearer, starttls, auth, oauth-required",
    "postfix.clientcert, starttls, ehlo, client-cert-required",
    "postfix.starttls, tls, tls, implicit-tls-on-starttls-port",
    "postfix.tls, starttls, banner, plaintext-on-implicit-tls-port",
    "exim.starttls, tls, tls, implicit-tls-on-starttls-port",
    "exim.tls, starttls, banner, plaintext-on-implicit-tls-port",
    "dovecot.starttls, tls, tls, implicit-tls-on-starttls-port",
    "dovecot.tls, starttls, banner, plaintext-on-implicit-tls-port",
    "opensmtpd.starttls, tls, tls, implicit-tls-on-starttls-port",
    "opensmtpd.tls, starttls, banner, plaintext-on-implicit-tls-port",
  })
  void wrong_door_is_named(String door, String mode, String stage, String cause) {
    var answer = CheckRun.at(LAB, door, mode).signedIn("alice").from(LAB.address("alice")).run();
    assertVerdict(stage, cause, answer);
  }

  @ParameterizedTest(name = "{0} certificate by {1}")
  @MethodSource("badCertificates")
  void bad_certificate_is_named_before_the_password_is_sent(
      String fault, String mode, String cause) {
    var answer =
        CheckRun.at(LAB, "postfix." + mode + "." + fault, mode)
            .signedIn("alice")
            .from(LAB.address("alice"))
            .run();
    assertEquals(cause, answer.cause(), answer::toString);
    assertEquals(1, answer.status());
    assertEquals(false, answer.said("C: AUTH"), answer::toString);
  }

  static Stream<Arguments> badCertificates() {
    return Stream.of(
            "expired cert-expired",
            "notyet clock-skew",
            "wronghost cert-hostname-mismatch",
            "cnonly cert-hostname-mismatch",
            "selfsigned cert-self-signed",
            "nointermediate cert-incomplete-chain",
            "unknownca cert-unknown-ca",
            "rsa1024 cert-weak-key",
            "sha1 cert-weak-signature")
        .map(row -> row.split(" "))
        .flatMap(
            row -> Stream.of("starttls", "tls").map(mode -> Arguments.of(row[0], mode, row[1])));
  }

  @ParameterizedTest(name = "{0} from {1}: {3}")
  @CsvSource({
    "reject, alice, rcpt_to, mailbox-unknown, false",
    "full, alice, rcpt_to, mailbox-full, true",
    "disabled, alice, rcpt_to, mailbox-disabled, false",
    "defer, alice, rcpt_to, greylisted, true",
  })
  void refused_recipient_is_named(
      String to, String from, String stage, String cause, boolean retryUseful) {
    var answer =
        CheckRun.at(LAB, "postfix.starttls", "starttls")
            .signedIn("alice")
            .from(LAB.address(from))
            .to(LAB.address(to))
            .with("--depth", "envelope")
            .run();
    assertVerdict(stage, cause, answer);
    if (!cause.equals("mailbox-full")) {
      // A full mailbox may be emptied: both answers have good reasons.
      assertEquals(retryUseful, answer.retryUseful(), answer::toString);
    }
  }

  private static void assertVerdict(String stage, String cause, CheckRun.Answer answer) {
    assertEquals(stage + " " + cause, answer.stage() + " " + answer.cause(), answer::toString);
    assertEquals(1, answer.status());
  }
}
