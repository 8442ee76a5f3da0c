package io.postern.console.outbox;

import io.postern.console.platform.SealedColumn;
import io.postern.console.platform.SecretBox;
import io.postern.smtp.Mailbox;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
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

  private static final String SEALED_VALUES = "mail-values";
  private static final String SEALED_CONTENT = "mail-content";

  private final SecretBox box;

  MailRow(SecretBox box) {
    this.box = box;
  }

  /// Where sealed values and octets stand.
  static List<SealedColumn> sealed() {
    return List.of(
        SealedColumn.boundToRow("mail", "uid", "sealed_values", SEALED_VALUES),
        SealedColumn.boundToRow("mail", "uid", "content", SEALED_CONTENT));
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

  /// @return null when nothing is frozen yet or the key is another one
  byte @Nullable [] openContent(String uid, byte @Nullable [] sealed) {
    return sealed == null ? null : box.open(SEALED_CONTENT, bound(uid), sealed);
  }

  /// The values stay sealed meanwhile: others wait until the writer of the database has read it.
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
        row.getBytes("content") != null);
  }

  private Map<String, String> values(String uid, byte @Nullable [] sealed) {
    var opened = sealed == null ? null : box.open(SEALED_VALUES, bound(uid), sealed);
    return opened == null ? Map.of() : JSON.readValue(opened, VALUES);
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
