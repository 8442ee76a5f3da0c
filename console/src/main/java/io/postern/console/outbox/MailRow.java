package io.postern.console.outbox;

import io.postern.console.platform.SealedColumn;
import io.postern.console.platform.SecretBox;
import io.postern.console.platform.database.Transaction;
import io.postern.smtp.Mailbox;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// A mail to its row and back. Values and octets are sealed, bound to the mail's uid.
final class MailRow {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<Map<String, String>> VALUES = new TypeReference<>() {};

  /// What [#read] needs, of a query or what a change returns. One look each into the other tables,
  /// however many rows PostgreSQL believes that those have: a join it may plan as a walk through
  /// all of them.
  static final String COLUMNS =
      """
      *, (select sealed_values from mail_letter where mail_uid = mail.uid) as sealed_values,
        (select count(*) from mail_octets where mail_uid = mail.uid) as frozen
      """;

  static final String SELECT = "select " + COLUMNS + " from mail";

  private static final String SEALED_VALUES = "mail-values";
  private static final String SEALED_CONTENT = "mail-content";

  private final SecretBox box;

  MailRow(SecretBox box) {
    this.box = box;
  }

  /// Where sealed values and octets stand.
  static List<SealedColumn> sealed() {
    return List.of(
        SealedColumn.boundToRow("mail_letter", "mail_uid", "sealed_values", SEALED_VALUES),
        SealedColumn.boundToRow("mail_octets", "mail_uid", "content", SEALED_CONTENT));
  }

  /// @param values as JSON
  byte[] sealValues(String uid, byte[] values) {
    return box.seal(SEALED_VALUES, bound(uid), values);
  }

  /// Sorted by their names.
  static byte[] json(Map<String, String> values) {
    return JSON.writeValueAsBytes(new TreeMap<>(values));
  }

  byte[] sealContent(String uid, byte[] content) {
    return box.seal(SEALED_CONTENT, bound(uid), content);
  }

  /// @throws UnreadableLetterException when they were changed, or the key is another one
  byte[] openContent(String uid, byte[] sealed) {
    return readable(uid, box.open(SEALED_CONTENT, bound(uid), sealed));
  }

  /// The mails of these names, in no order.
  ///
  /// @param uids as many as one statement takes: some hundred
  List<QueuedMail> find(Transaction transaction, List<String> uids) {
    return uids.isEmpty()
        ? List.of()
        : transaction
            .jdbc()
            .sql(
                SELECT
                    + " where uid in ("
                    + String.join(", ", Collections.nCopies(uids.size(), "?"))
                    + ")")
            .params(uids)
            .query((row, _) -> read(row))
            .list();
  }

  /// Reads a row of [#COLUMNS]. The values stay sealed meanwhile: others wait until the writer of
  /// the database has read it.
  QueuedMail read(ResultSet row) throws SQLException {
    var uid = row.getString("uid");
    var sealed = row.getBytes("sealed_values");
    var reason = row.getString("reason");
    return new QueuedMail(
        uid,
        row.getString("kind"),
        Mailbox.parse(row.getString("to_address")),
        row.getString("subject"),
        () -> values(uid, sealed),
        row.getString("message_id"),
        MailState.valueOf(row.getString("state")),
        Priority.ofRank(row.getInt("priority")),
        row.getString("tenant_uid"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        Instant.ofEpochMilli(row.getLong("due_at")),
        Instant.ofEpochMilli(row.getLong("expires_at")),
        row.getInt("attempts"),
        row.getInt("unknown_attempts"),
        row.getInt("maybe_duplicate") == 1,
        row.getString("accepted_reply"),
        reason == null ? "" : reason,
        row.getInt("frozen") == 1);
  }

  private Map<String, String> values(String uid, byte @Nullable [] sealed) {
    return sealed == null
        ? Map.of()
        : JSON.readValue(readable(uid, box.open(SEALED_VALUES, bound(uid), sealed)), VALUES);
  }

  private static byte[] readable(String uid, byte @Nullable [] opened) {
    if (opened == null) {
      throw new UnreadableLetterException(uid);
    }
    return opened;
  }

  /// What a mail says, as one number: the same only for the same content. JSON, because
  /// values run together could read alike: a list of kind, recipient, subject and values.
  ///
  /// @param values as [#json]
  static String digest(NewMail mail, byte[] values) {
    var head = JSON.writeValueAsBytes(List.of(mail.kind(), mail.to().toString(), mail.subject()));
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      digest.update(head, 0, head.length - 1);
      digest.update((byte) ',');
      digest.update(values);
      digest.update((byte) ']');
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java runtime has no SHA-256", e);
    }
  }

  private static byte[] bound(String uid) {
    return uid.getBytes(StandardCharsets.UTF_8);
  }
}
