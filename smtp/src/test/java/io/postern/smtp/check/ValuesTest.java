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
            "",
            "",
            "",
            new Trust(List.of(), false),
            null,
            "",
            Duration.ofSeconds(5));
    return new Check(network).run(draft, Watch.NOBODY);
  }
}
