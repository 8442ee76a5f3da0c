package io.postern.console.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.Browser;
import io.postern.console.Eventually;
import io.postern.console.RunningConsole;
import io.postern.console.api.TinyRelay;
import io.postern.console.outbox.MailState;
import io.postern.console.platform.database.SqliteDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// administrators learn of another mail server by both of them.
final class RelayNoticesTest {
  private static final String KIND = "RELAY_CHANGED";
  private static final String SMTP = "/system/administration/smtp";
  private static final String ADA = "ada@example.com";

  @TempDir Path directory;
  private RunningConsole console;
  private Browser root;
  private Neighbour neighbour;
  private TinyRelay former;
  private TinyRelay present;
  private int version;

  @BeforeEach
  void start() throws IOException {
    console = RunningConsole.start(directory, Map.of());
    root = Visits.setUp(console);
    neighbour = new Neighbour(console, directory);
    neighbour.account(null, ADA, Visits.PASSWORD);
    neighbour.markUnverified(neighbour.account(null, "unproved@example.com", Visits.PASSWORD));
    neighbour.account("tenant1", "tenant@example.com", Visits.PASSWORD);
    former = new TinyRelay();
    present = new TinyRelay();
    save(former, Map.of());
  }

  @AfterEach
  void stop() throws IOException {
    neighbour.close();
    console.close();
    former.close();
    present.close();
  }

  @Test
  void R568_both_servers_get_a_letter_for_whoever_proved_an_address() {
    assertThat(neighbour.letters(KIND, ADA)).as("the first server replaces none").isEmpty();

    save(present, Map.of());

    Eventually.until(() -> !former.messages().isEmpty() && !present.messages().isEmpty());
    var old = "127[.]0[.]0[.]1, port %d, as console[at]postern[.]test".formatted(former.port());
    var now = "127[.]0[.]0[.]1, port %d, as console[at]postern[.]test".formatted(present.port());
    for (var relay : List.of(former, present)) {
      assertThat(relay.messages()).hasSize(1);
      assertThat(unfolded(relay.messages().getFirst()))
          .contains("To: " + ADA, "The mail server of Postern was changed", Visits.ROOT)
          .contains("Before: " + old + ". Now: " + now)
          .doesNotContain("right")
          .contains("the copy through the " + (relay == former ? "former" : "new") + " one");
    }
    assertThat(neighbour.letters(KIND, ADA)).as("in the outbox").hasSize(1);
    Eventually.until(() -> sentences().contains("Told 1 administrator of version 2"));
    assertThat(sentences())
        .contains("Told 1 administrator of version 2 through the former mail server");
    Eventually.until(() -> neighbour.letters(KIND, ADA).getFirst().state() == MailState.DELIVERED);
  }

  @Test
  void R568_a_change_that_leaves_the_server_is_told_once_and_none_not_at_all() {
    save(former, Map.of("password", ""));
    assertThat(neighbour.letters(KIND, ADA)).as("nothing differs").isEmpty();
    save(former, Map.of("fromName", "Console"));
    Eventually.until(() -> former.messages().size() == 1);
    assertThat(unfolded(former.messages().getFirst()))
        .contains("Now: 127[.]0[.]0[.]1")
        .doesNotContain("sent twice");
  }

  @Test
  void R568_a_former_server_that_fails_is_told_of_in_the_audit_log_and_holds_nothing_up()
      throws IOException {
    former.close();
    save(present, Map.of());
    Eventually.until(() -> present.messages().size() == 1);
    Eventually.until(() -> sentences().contains("No administrator could be told"));
    assertThat(sentences())
        .contains("No administrator could be told of version 2 through the former mail server: ");
  }

  @Test
  void R568_a_server_at_fault_is_not_tried_and_a_pause_is_kept() {
    sql("update outbox_control set failures = 1, open_until = 0");
    save(present, Map.of());
    Eventually.until(() -> present.messages().size() == 1);
    assertThat(unfolded(present.messages().getFirst())).doesNotContain("sent twice");
    assertThat(former.messages()).isEmpty();

    root.submit("/system/mail", "/system/mail/pause", Map.of());
    save(former, Map.of());
    assertThat(neighbour.letters(KIND, ADA)).as("queued for later").hasSize(2);
    assertThat(present.messages()).hasSize(1);
    assertThat(sentences()).doesNotContain("through the former mail server");
  }

  @Test
  void R568_ten_changes_an_hour_are_told() {
    for (var number = 1; number <= RelayNotices.CHANGES_MAX; number++) {
      save(former, Map.of("fromName", "Console " + number));
    }
    assertThat(neighbour.letters(KIND, ADA)).hasSize(10);
    save(former, Map.of("fromName", "Console 11"));
    assertThat(neighbour.letters(KIND, ADA)).as("the eleventh").hasSize(10);

    console.pass(RelayNotices.PERIOD);
    Visits.signIn(root, Visits.ROOT, Visits.PASSWORD);
    save(former, Map.of("fromName", "Console 12"));
    assertThat(neighbour.letters(KIND, ADA)).as("an hour later").hasSize(11);
  }

  @Test
  void R568_at_most_a_hundred_administrators_are_told_and_roots_first() {
    sql("update account set email_verified_at = 1 where email_key = '" + Visits.ROOT + "'");
    for (var number = 3; number <= RelayNotices.READERS_MAX; number++) {
      neighbour.account(null, "a%03d@example.com".formatted(number), Visits.PASSWORD);
    }
    save(former, Map.of("fromName", "A hundred"));
    assertThat(told()).isEqualTo(100);
    neighbour.account(null, "a000@example.com", Visits.PASSWORD);
    save(former, Map.of("fromName", "A hundred and one"));
    assertThat(told()).isEqualTo(200);
    assertThat(neighbour.letters(KIND, Visits.ROOT)).hasSize(2);
    assertThat(neighbour.letters(KIND, ADA)).as("the last by address").hasSize(1);
  }

  private long told() {
    try (var database = new SqliteDatabase(directory.resolve("postern.db"))) {
      return database.<Long>read(tx ->
          tx.jdbc()
              .sql("select count(*) from mail where kind = ?")
              .param(KIND)
              .query(Long.class)
              .single());
    }
  }

  private void save(TinyRelay relay, Map<String, String> more) {
    var fields =
        new HashMap<>(
            Map.of(
                "action", "save",
                "version", String.valueOf(version),
                "smtpServer", "127.0.0.1",
                "smtpPort", String.valueOf(relay.port()),
                "connectionSecurity", "none",
                "securityChosen", "true",
                "userName", "postern",
                "password", "right",
                "fromEmailId", "console@postern.test"));
    fields.putAll(more);
    var answer = root.submit(SMTP, SMTP, fields);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(303);
    version++;
  }

  private String sentences() {
    return String.join("\n", Trail.sentences(directory));
  }

  private void sql(String statement) {
    try (var database = new SqliteDatabase(directory.resolve("postern.db"))) {
      database.write(tx -> tx.jdbc().sql(statement).update());
    }
  }

  /// The text part reads as one line, quoted-printable or not.
  private static String unfolded(String message) {
    return message.replaceAll("=\n", "").replaceAll("\\s+", " ");
  }
}
