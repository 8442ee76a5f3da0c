package io.postern.console.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.postern.console.platform.SecretBox;
import io.postern.console.platform.UnusableSettingException;
import io.postern.console.platform.database.Database;
import io.postern.console.platform.database.Database.Dialect;
import io.postern.console.platform.database.PrivatePostgres;
import io.postern.console.platform.database.SqliteDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// a new version keeps what an earlier one left in the outbox, and sends it.
@ParameterizedClass
@EnumSource
final class UpgradeTest {
  /// The schema before mails had turns and relays a throttle.
  private static final List<String> EARLIER =
      List.of(
          "V001__instance.sql",
          "V002__instance_secret.sql",
          "V010__accounts.sql",
          "V012__link_handover.sql",
          "V013__passkeys.sql",
          "V020__relay.sql",
          "V021__relay_arrival.sql",
          "V022__relay_mechanism.sql",
          "V030__outbox.sql",
          "V031__outbox_circuit.sql",
          "V032__mail_retention.sql",
          "V033__mail_given_back.sql",
          "V034__outbox_restored.sql",
          "V035__relay_sight.sql",
          "V050__tenants.sql",
          "V060__audit.sql",
          "V070__api.sql",
          "V080__address_change_letters.sql");

  private static final String COLUMNS =
      "uid, kind, to_address, subject, message_id, state, priority, tenant_uid, idempotency_key, digest, created_at, due_at, expires_at, attempts, unknown_attempts, maybe_duplicate, lease_token, lease_until, accepted_reply, reason, ended_at, waited_as";

  private final Dialect dialect;
  private final MailRow rows = new MailRow(new SecretBox(new byte[32], new Random(1)));
  private final long noon = TestClock.NOON.toEpochMilli();
  @TempDir Path directory;
  private String url = "";
  private String name = "";

  UpgradeTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @BeforeEach
  void create() {
    switch (dialect) {
      case SQLITE -> {
        name = directory.resolve("postern.db").toString();
        url = "jdbc:sqlite:" + name;
      }
      case POSTGRESQL -> {
        name = PrivatePostgres.shared().create();
        url = PrivatePostgres.shared().jdbc(name);
      }
    }
  }

  @Test
  void R741_what_an_earlier_version_left_is_kept_and_sent_by_this_one() throws Exception {
    migrateEarlier();
    List<String> before;
    try (var connection = connect()) {
      leaveMail(connection);
      before = mails(connection);
    }

    try (var work =
        new WorkerStand(
            new OutboxStand(open(), new TestClock(), new Random(1)), LedgerSink.start())) {
      assertThat(mails(work)).isEqualTo(before);
      work.signIn("", "");
      work.workFor(Duration.ofHours(3), Duration.ofMinutes(5));

      assertThat(work.sink.recipients())
          .containsExactlyInAnyOrder(
              "queued@tenant.test",
              "security@tenant.test",
              "leased@tenant.test",
              "committing@tenant.test",
              "retry@tenant.test",
              "unknown@tenant.test",
              "parked@tenant.test");
      assertThat(work.sink.recipients().getFirst()).isEqualTo("security@tenant.test");
      assertThat(work.stand.mails.counts())
          .containsOnly(
              Map.entry(MailState.DELIVERED, 8L),
              Map.entry(MailState.FAILED, 1L),
              Map.entry(MailState.CANCELLED, 1L),
              Map.entry(MailState.EXPIRED, 1L));
      assertThat(work.stand.find("committing").maybeDuplicate()).isTrue();
      assertThat(work.stand.find("unknown").maybeDuplicate()).isTrue();
      assertThat(work.stand.find("queued").values())
          .containsEntry("link", "https://console.test/queued");
      assertThat(text(work, "committing@tenant.test"))
          .isEqualTo("Subject: committing\r\n\r\nAs before");
      assertThat(text(work, "unknown@tenant.test")).isEqualTo("Subject: unknown\r\n\r\nAs before");
    }
  }

  @Test
  void R741_a_version_does_not_open_a_database_that_a_newer_one_wrote_and_says_so()
      throws Exception {
    open().close();
    try (var connection = connect();
        var statement = connection.createStatement()) {
      statement.execute(
          "insert into flyway_schema_history (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success) select max(installed_rank) + 1, '999', 'later', 'SQL', 'V999__later.sql', 1, 'later', 1, %s from flyway_schema_history"
              .formatted(dialect == Dialect.SQLITE ? "1" : "true"));
    }

    assertThatThrownBy(this::open)
        .isInstanceOf(UnusableSettingException.class)
        .hasMessage(
            "The database was written by a newer version of Postern. Start that version, or restore a backup made with this one.");
  }

  private Database open() {
    return switch (dialect) {
      case SQLITE -> new SqliteDatabase(Path.of(name));
      case POSTGRESQL -> PrivatePostgres.shared().open(name);
    };
  }

  private Connection connect() throws SQLException {
    return dialect == Dialect.SQLITE
        ? DriverManager.getConnection(url)
        : DriverManager.getConnection(url, "postern", "");
  }

  private void migrateEarlier() throws IOException {
    var files = Files.createDirectory(directory.resolve("earlier"));
    for (var file : EARLIER) {
      try (var stream =
          Objects.requireNonNull(getClass().getResourceAsStream("/db/" + file), file)) {
        Files.copy(stream, files.resolve(file));
      }
    }
    Flyway.configure()
        .dataSource(url, dialect == Dialect.SQLITE ? null : "postern", null)
        .locations("filesystem:" + files)
        .placeholders(Map.of("bytes", dialect == Dialect.SQLITE ? "BLOB" : "BYTEA"))
        .loggers("slf4j")
        .load()
        .migrate();
  }

  /// One mail in each state, as an earlier version wrote it.
  private void leaveMail(Connection connection) throws SQLException {
    mail(connection, "queued", "QUEUED", 1, "due_at = %d");
    mail(connection, "security", "QUEUED", 0, "due_at = %d");
    mail(
        connection,
        "leased",
        "LEASED",
        1,
        "waited_as = 'QUEUED', lease_token = 'old', lease_until = %d + 30000");
    mail(
        connection,
        "committing",
        "COMMITTING",
        1,
        "waited_as = 'QUEUED', lease_token = 'old', lease_until = %d + 30000");
    mail(connection, "retry", "RETRY_WAIT", 1, "due_at = %d + 60000");
    mail(
        connection,
        "unknown",
        "UNKNOWN",
        1,
        "due_at = %d + 900000, maybe_duplicate = 1, unknown_attempts = 1, reason = 'The connection broke.'");
    mail(connection, "parked", "PARKED", 2, "due_at = %d, reason = 'The relay is away.'");
    mail(connection, "delivered", "DELIVERED", 1, "ended_at = %d, accepted_reply = '250 Ok'");
    mail(connection, "failed", "FAILED", 1, "ended_at = %d, reason = 'No such mailbox.'");
    mail(connection, "expired", "EXPIRED", 1, "ended_at = %d, reason = 'Its time was over.'");
    mail(connection, "cancelled", "CANCELLED", 1, "ended_at = %d, reason = 'Cancelled.'");
  }

  private void mail(Connection connection, String uid, String state, int priority, String further)
      throws SQLException {
    try (var insert =
        connection.prepareStatement(
            "insert into mail (uid, kind, to_address, subject, sealed_values, content, message_id, state, priority, tenant_uid, digest, created_at, due_at, expires_at, attempts, unknown_attempts, maybe_duplicate) values (?, 'TEST', ?, 'Left', ?, ?, ?, ?, ?, ?, 'none', ?, ?, ?, 0, 0, 0)")) {
      insert.setString(1, uid);
      insert.setString(2, uid + "@tenant.test");
      insert.setBytes(
          3, rows.sealValues(uid, MailRow.json(Map.of("link", "https://console.test/" + uid))));
      var text = "Subject: " + uid + "\r\n\r\nAs before\r\n";
      var frozen = List.of("COMMITTING", "UNKNOWN").contains(state);
      insert.setBytes(4, frozen ? rows.sealContent(uid, text.getBytes(UTF_8)) : null);
      insert.setString(5, "id-" + uid);
      insert.setString(6, state);
      insert.setInt(7, priority);
      insert.setString(8, uid.length() % 2 == 0 ? null : "tenant");
      insert.setLong(9, noon - 1_000);
      insert.setLong(10, noon - 1_000);
      insert.setLong(11, noon + Duration.ofDays(1).toMillis());
      insert.executeUpdate();
    }
    try (var statement = connection.createStatement()) {
      statement.execute(
          "update mail set " + further.formatted(noon) + " where uid = '" + uid + "'");
    }
  }

  private static List<String> mails(WorkerStand work) {
    return work.stand.database.read(tx ->
        tx.jdbc()
            .sql("select " + COLUMNS + " from mail order by uid")
            .query((row, _) -> line(row))
            .list());
  }

  private static List<String> mails(Connection connection) throws SQLException {
    var lines = new ArrayList<String>();
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("select " + COLUMNS + " from mail order by uid")) {
      while (row.next()) {
        lines.add(line(row));
      }
    }
    return lines;
  }

  private static String line(ResultSet row) throws SQLException {
    var line = new StringBuilder();
    for (var column = 1; column <= row.getMetaData().getColumnCount(); column++) {
      line.append(row.getString(column)).append('|');
    }
    return line.toString();
  }

  private static String text(WorkerStand work, String recipient) {
    return work.sink.taken().stream()
        .filter(message -> message.recipient().equals(recipient))
        .findFirst()
        .orElseThrow()
        .text();
  }
}
