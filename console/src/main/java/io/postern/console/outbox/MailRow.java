package io.postern.console.outbox;

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

  private final SecretBox box;

  MailRow(SecretBox box) {
    this.box = box;
  }

  byte[] sealValues(String uid, Map<String, String> values) {
    return box.seal("mail-values", bound(uid), JSON.writeValueAsBytes(new TreeMap<>(values)));
  }

  byte[] sealContent(String uid, byte[] content) {
    return box.seal("mail-content", bound(uid), content);
  }

  /// @return null when nothing is frozen yet or the key is another one
  byte @Nullable [] openContent(String uid, byte @Nullable [] sealed) {
    return sealed == null ? null : box.open("mail-content", bound(uid), sealed);
  }

  QueuedMail read(ResultSet row) throws SQLException {
    var uid = row.getString("uid");
    var sealed = row.getBytes("sealed_values");
    var opened = sealed == null ? null : box.open("mail-values", bound(uid), sealed);
    Map<String, String> values = opened == null ? Map.of() : JSON.readValue(opened, VALUES);
    var reason = row.getString("reason");
    return new QueuedMail(
        uid,
        row.getString("kind"),
        Mailbox.parse(row.getString("to_address")),
        row.getString("subject"),
        values,
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
        reason == null ? "" : reason);
  }

  /// What a mail says, as one number: the same only for the same content. JSON, because
  /// values run together could read alike.
  static String digest(NewMail mail) {
    var content =
        List.of(mail.kind(), mail.to().toString(), mail.subject(), new TreeMap<>(mail.values()));
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(JSON.writeValueAsBytes(content)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("This Java runtime has no SHA-256", e);
    }
  }

  private static byte[] bound(String uid) {
    return uid.getBytes(StandardCharsets.UTF_8);
  }
}
