package io.postern.console.outbox;

import io.postern.smtp.Mailbox;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A mail to be enqueued.
///
/// @param kind the letter's kind
/// @param subject shown in lists; holds no secret
/// @param values what the letter says, sealed at rest
/// @param expiresAt when it is worthless: never later than ten minutes before the end of a link in
///   it
/// @param idempotencyKey at most one mail of this kind exists for a key
public record NewMail(
    String kind,
    Mailbox to,
    String subject,
    Map<String, String> values,
    Priority priority,
    Instant expiresAt,
    @Nullable String tenantUid,
    @Nullable String idempotencyKey) {
  public NewMail {
    values = Map.copyOf(values);
  }

  /// Without the values: they hold links.
  @Override
  public String toString() {
    return "new mail " + kind;
  }
}
