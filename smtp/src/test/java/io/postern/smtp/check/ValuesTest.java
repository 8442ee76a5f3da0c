package io.postern.smtp.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.postern.smtp.Secret;
import io.postern.smtp.Stage;
import io.postern.smtp.diagnosis.Repair;
import io.postern.smtp.diagnosis.Repair.Field;
import io.postern.smtp.diagnosis.Verdict;
import io.postern.smtp.fixtures.EveryName;
import io.postern.smtp.session.Network;
import io.postern.smtp.session.SystemDialer;
import io.postern.smtp.session.Watch;
import io.postern.smtp.tls.Trust;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The first rung: what is wrong with a value is said before anything is asked.
class ValuesTest {
  @ParameterizedTest
  @ValueSource(strings = {"smtp.example.com\r\n", "\nsmtp.example.com", "smtp\r\nRCPT TO:<a@b.c>"})
  void a_line_break_in_the_server_is_no_blank(String host) {
    var verdict = check(host);

    assertEquals(Stage.CONFIG, verdict.failedStage());
    var diagnosis = Objects.requireNonNull(verdict.diagnosis());
    assertEquals("host-has-whitespace", diagnosis.cause());
    assertTrue(diagnosis.summary().contains("line break"), diagnosis.toString());
  }

  @Test
  void a_pasted_url_is_offered_split() {
    assertEquals(
        List.of(
            new Repair(
                "Use ::1, port 465",
                Map.of(Field.HOST, "::1", Field.PORT, "465", Field.SECURITY, "tls"))),
        repairs("smtps://[::1]"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[::1]:25", "smtp://[::1]:25"})
  void an_address_with_its_port_is_offered_split(String host) {
    assertEquals(
        List.of(new Repair("Use ::1, port 25", Map.of(Field.HOST, "::1", Field.PORT, "25"))),
        repairs(host));
  }

  @Test
  void an_ipv6_address_with_a_port_behind_it_is_offered_split() {
    assertEquals("host-has-port", Objects.requireNonNull(check("::1:18325").diagnosis()).cause());
    assertEquals(
        List.of(new Repair("Use ::1, port 18325", Map.of(Field.HOST, "::1", Field.PORT, "18325"))),
        repairs("::1:18325"));
  }

  /// Without a domain there is no sender; with one it may still be no address.
  @ParameterizedTest
  @CsvSource({
    "x, from-missing",
    "x@, from-missing",
    "@x, from-syntax-invalid",
    "a b@x, from-syntax-invalid"
  })
  void a_sender_that_is_none_has_one_cause(String from, String cause) {
    var verdict = check("mail.example.com", "", from);

    assertEquals(Stage.CONFIG, verdict.failedStage());
    assertEquals(cause, Objects.requireNonNull(verdict.diagnosis()).cause());
  }

  @ParameterizedTest
  @CsvSource({
    "smtps://mail.example.com, host-has-scheme",
    "https://mail.example.com/path, host-has-scheme",
    "mail.example.com:465, host-has-port",
    "me@example.com, host-is-email-address",
  })
  void what_is_not_a_server_name_says_what_it_is(String host, String cause) {
    var verdict = check(host);

    assertEquals(Stage.CONFIG, verdict.failedStage());
    assertEquals(cause, Objects.requireNonNull(verdict.diagnosis()).cause());
  }

  @Test
  void user_name_without_a_password_is_said_before_anything_is_asked() {
    var verdict = check("mail.example.com", "ann");

    assertEquals(Stage.CONFIG, verdict.failedStage());
    assertEquals("password-empty", Objects.requireNonNull(verdict.diagnosis()).cause());
  }

  private static List<Repair> repairs(String host) {
    return Objects.requireNonNull(check(host).diagnosis()).repairs();
  }

  private static Verdict check(String host) {
    return check(host, "");
  }

  private static Verdict check(String host, String username) {
    return check(host, username, "");
  }

  private static Verdict check(String host, String username, String from) {
    var network =
        new Network(
            new EveryName(),
            new SystemDialer(),
            InstantSource.system(),
            System::nanoTime,
            new Random(7));
    var draft =
        new Draft(
            host,
            null,
            null,
            username,
            Secret.of(""),
            null,
            from,
            "",
            "",
            new Trust(List.of(), false),
            null,
            "",
            Duration.ofSeconds(5));
    return new Check(network).run(draft, Watch.NOBODY);
  }
}
