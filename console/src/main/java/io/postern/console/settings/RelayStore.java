package io.postern.console.settings;

import io.postern.console.platform.Pem;
import io.postern.console.platform.SealedColumn;
import io.postern.console.platform.SecretBox;
import io.postern.console.platform.database.Transaction;
import io.postern.smtp.EhloName;
import io.postern.smtp.HostName;
import io.postern.smtp.Mailbox;
import io.postern.smtp.PasswordMechanism;
import io.postern.smtp.Secret;
import io.postern.smtp.Security;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The saved configurations in the database.
final class RelayStore {
  static final String PURPOSE = "smtp-password";
  private final SecretBox box;

  RelayStore(SecretBox box) {
    this.box = box;
  }

  /// Where passwords stand, each bound to its destination.
  static SealedColumn sealed() {
    return new SealedColumn(
        "relay_version",
        "number",
        "password",
        row -> new SealedColumn.Seal(PURPOSE, Destination.of(values(row))));
  }

  @Nullable RelayVersion newest(Transaction transaction) {
    return transaction
        .jdbc()
        .sql("select * from relay_version order by number desc limit 1")
        .query((row, _) -> read(row))
        .optional()
        .orElse(null);
  }

  List<RelayVersion> history(Transaction transaction, int limit) {
    return transaction
        .jdbc()
        .sql("select * from relay_version order by number desc limit ?")
        .param(limit)
        .query((row, _) -> read(row))
        .list();
  }

  @Nullable RelayVersion find(Transaction transaction, long number) {
    return transaction
        .jdbc()
        .sql("select * from relay_version where number = ?")
        .param(number)
        .query((row, _) -> read(row))
        .optional()
        .orElse(null);
  }

  void insert(Transaction transaction, RelayVersion version) {
    var values = version.values();
    var replyTo = values.replyTo();
    var ehlo = values.ehloName();
    var mechanism = values.mechanism();
    var statement =
        transaction
            .jdbc()
            .sql(
                """
                insert into relay_version (number, host, port, security, username, from_address, from_name, reply_to, ehlo_name,
                  trusted_certificates, skip_verify, acknowledged, auth_mechanism, validated, saved_at, saved_by, password, password_set_at, password_set_by)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)
            .param(version.number())
            .param(values.host().ascii())
            .param(values.port())
            .param(values.security().word())
            .param(values.username())
            .param(values.from().toString())
            .param(values.fromName())
            .param(replyTo == null ? "" : replyTo.toString())
            .param(ehlo == null ? "" : ehlo.text())
            .param(Pem.format(values.authorities()))
            .param(values.skipVerify() ? 1 : 0)
            .param(String.join(",", values.acknowledged()))
            .param(mechanism == null ? "" : mechanism.word())
            .param(version.validated() ? 1 : 0)
            .param(version.savedAt().toEpochMilli())
            .param(version.savedBy());
    var known = version.password() instanceof RelayVersion.Password.Known stored ? stored : null;
    statement
        .param(known == null ? null : seal(values, known.secret()))
        .param(known == null ? null : known.setAt().toEpochMilli())
        .param(known == null ? null : known.setBy())
        .update();
  }

  /// @return false when it was noted before
  boolean markValidated(Transaction transaction, long number) {
    return transaction
            .jdbc()
            .sql("update relay_version set validated = 1 where number = ? and validated = 0")
            .param(number)
            .update()
        == 1;
  }

  private byte[] seal(RelayDraft values, Secret secret) {
    return box.seal(
        PURPOSE, Destination.of(values), secret.reveal().getBytes(StandardCharsets.UTF_8));
  }

  private RelayVersion read(ResultSet row) throws SQLException {
    var values = values(row);
    return new RelayVersion(
        row.getLong("number"),
        values,
        password(row, values),
        row.getInt("validated") == 1,
        Instant.ofEpochMilli(row.getLong("saved_at")),
        row.getString("saved_by"));
  }

  private static RelayDraft values(ResultSet row) throws SQLException {
    var replyTo = row.getString("reply_to");
    var ehlo = row.getString("ehlo_name");
    return new RelayDraft(
        HostName.parse(row.getString("host")),
        row.getInt("port"),
        Security.valueOf(row.getString("security").toUpperCase(Locale.ROOT)),
        row.getString("username"),
        PasswordMechanism.ofWord(row.getString("auth_mechanism")),
        Mailbox.parse(row.getString("from_address")),
        row.getString("from_name"),
        replyTo.isEmpty() ? null : Mailbox.parse(replyTo),
        ehlo.isEmpty() ? null : EhloName.parse(ehlo),
        Objects.requireNonNullElse(Pem.parse(row.getString("trusted_certificates")), List.of()),
        row.getInt("skip_verify") == 1,
        words(row.getString("acknowledged")));
  }

  private RelayVersion.Password password(ResultSet row, RelayDraft values) throws SQLException {
    var sealed = row.getBytes("password");
    if (sealed == null) {
      return new RelayVersion.Password.None();
    }
    var at = Instant.ofEpochMilli(row.getLong("password_set_at"));
    var by = row.getString("password_set_by");
    var plain = box.open(PURPOSE, Destination.of(values), sealed);
    return plain == null
        ? new RelayVersion.Password.Lost(at, by)
        : new RelayVersion.Password.Known(
            Secret.of(new String(plain, StandardCharsets.UTF_8)), at, by);
  }

  private static Set<String> words(String text) {
    return Arrays.stream(text.split(","))
        .filter(word -> !word.isEmpty())
        .collect(Collectors.toSet());
  }
}
