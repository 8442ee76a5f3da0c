package io.postern.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Server × TLS mode × mechanism through `postern check`: valid, signed in by exactly that
/// mechanism, and the message really is in the mailbox. The server decides the mechanism: each door
/// offers one.
@Tag("lab")
class SignInMatrixTest {
  private static final Lab LAB = Lab.running();
  private static final List<String> SERVERS = List.of("postfix", "exim", "dovecot");
  private static final List<String> MODES = List.of("starttls", "tls", "none");
  private static final List<String> PASSWORD_MECHANISMS =
      List.of("PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-1", "SCRAM-SHA-256");

  static Stream<Arguments> mechanisms() {
    return SERVERS.stream()
        .flatMap(server ->
            MODES.stream()
                .flatMap(mode ->
                    PASSWORD_MECHANISMS.stream()
                        .map(mechanism -> Arguments.of(server, mode, mechanism))));
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("mechanisms")
  void message_signed_in_by_this_mechanism_is_in_the_mailbox(
      String server, String mode, String mechanism) {
    var door = server + "." + mode + "." + mechanism.toLowerCase(Locale.ROOT);
    var answer = delivered(server, door, mode, "alice");
    assertTrue(answer.said("C: AUTH " + mechanism), answer::toString);
  }

  /// All that the server has to offer at once, and OpenSMTPD, whose mechanisms cannot be chosen.
  static Stream<Arguments> servers() {
    return Stream.of("postfix", "exim", "dovecot", "opensmtpd")
        .flatMap(server -> MODES.stream().map(mode -> Arguments.of(server, mode)))
        .filter(row -> LAB.has(row.get()[0] + "." + row.get()[1]));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("servers")
  void message_is_in_the_mailbox_whatever_the_server_offers(String server, String mode) {
    delivered(server, server + "." + mode, mode, "bob");
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("servers")
  void password_of_quotes_blanks_and_other_alphabets_signs_in(String server, String mode) {
    delivered(server, server + "." + mode, mode, "carol");
  }

  static Stream<Arguments> pins() {
    return SERVERS.stream()
        .flatMap(server -> PASSWORD_MECHANISMS.stream().map(pin -> Arguments.of(server, pin)));
  }

  /// The door with all mechanisms: the one of the settings is used and no other.
  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("pins")
  void R230_pinned_mechanism_signs_in_whatever_else_is_offered(String server, String pin) {
    var run = CheckRun.at(LAB, server + ".starttls", "starttls").signedIn("alice");
    var answer = run.with("--mechanism", pin).with("--depth", "login").run();
    assertEquals("true 0", answer.valid() + " " + answer.status(), answer::toString);
    assertTrue(answer.said("C: AUTH " + pin), answer::toString);
  }

  @ParameterizedTest
  @CsvSource({"postfix", "exim", "dovecot"})
  void R230_pinned_mechanism_that_is_not_offered_ends_the_check(String server) {
    var run = CheckRun.at(LAB, server + ".starttls.plain", "starttls").signedIn("alice");
    var answer = run.with("--mechanism", "SCRAM-SHA-256").with("--depth", "login").run();
    assertEquals("auth auth-mechanism-unsupported", answer.stage() + " " + answer.cause());
    assertFalse(answer.said("C: AUTH"), answer::toString);
  }

  static Stream<Arguments> relays() {
    return Stream.of(
        Arguments.of("postfix", "mx", "none"),
        Arguments.of("postfix", "noauth", "starttls"),
        Arguments.of("exim", "mx", "none"),
        Arguments.of("opensmtpd", "mx", "none"),
        Arguments.of("opensmtpd", "noauth", "starttls"));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("relays")
  void anonymous_relay_takes_the_message(String server, String door, String mode) {
    var to = LAB.address("m" + UUID.randomUUID());
    var answer =
        CheckRun.at(LAB, server + "." + door, mode).from(LAB.address("alice")).to(to).run();
    assertEquals(0, answer.status(), answer::toString);
    LAB.mailboxes(server).await(to);
  }

  private static CheckRun.Answer delivered(String server, String door, String mode, String user) {
    var to = LAB.address("m" + UUID.randomUUID());
    var answer = CheckRun.at(LAB, door, mode).signedIn(user).from(LAB.address(user)).to(to).run();
    assertEquals("true 0", answer.valid() + " " + answer.status(), answer::toString);
    assertEquals("passed", answer.outcome("data"), answer::toString);
    LAB.mailboxes(server).await(to);
    return answer;
  }
}
