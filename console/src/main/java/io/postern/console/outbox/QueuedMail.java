package io.postern.console.outbox;

import io.postern.smtp.Mailbox;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A mail in the outbox.
///
/// @param opened opens what the letter is made of, sealed until somebody asks
/// @param messageId generated once at enqueue, the same on every attempt; without angle
///   brackets
/// @param attempts tries that the relay judged
/// @param maybeDuplicate whether an earlier try may have reached the relay
/// @param reason why it stands where it stands, in words
/// @param isFrozen whether an earlier try has fixed its octets
public record QueuedMail(
    String uid,
    String kind,
    Mailbox to,
    String subject,
    Supplier<Map<String, String>> opened,
    String messageId,
    MailState state,
    Priority priority,
    @Nullable String tenantUid,
    Instant createdAt,
    Instant dueAt,
    Instant expiresAt,
    int attempts,
    int unknownAttempts,
    boolean maybeDuplicate,
    @Nullable String acceptedReply,
    String reason,
    boolean isFrozen) {

  /// What the letter is made of; empty once it was erased after the end.
  public Map<String, String> values() {
    return opened.get();
  }

  /// Whether a next try has its time, though it may have passed: then it is due.
  public boolean isScheduled() {
    return switch (state) {
      case QUEUED, RETRY_WAIT -> true;
      case UNKNOWN -> dueAt.isBefore(expiresAt);
      case LEASED, COMMITTING, DELIVERED, PARKED, FAILED, EXPIRED, CANCELLED -> false;
    };
  }

  /// Whether nothing but its turn is in its way: mails go out one after the other, and more slowly
  /// while the relay asks for it.
  public boolean isDue(Instant now) {
    return isScheduled() && !dueAt.isAfter(now);
  }

  /// Without the values: they hold links.
  @Override
  public String toString() {
    return "mail " + uid + " " + state;
  }
}
