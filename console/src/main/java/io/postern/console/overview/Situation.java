package io.postern.console.overview;

import io.postern.console.outbox.MailState;
import io.postern.console.outbox.RelayHealth;
import io.postern.console.outbox.Vitals;
import io.postern.console.settings.RelayVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How it stands.
///
/// @param relay absent before the first save
/// @param refusal why no mail is taken, a sentence; empty when it is
/// @param counts mails by state; a state without mails may be missing
/// @param notices what an operator should know about the relay although mail flows
/// @param vitals may be some seconds older than the counts
/// @param hasTenants whether one was ever created and is still there
public record Situation(
    @Nullable RelayVersion relay,
    boolean onLocalhost,
    RelayHealth health,
    String refusal,
    Map<MailState, Long> counts,
    Vitals vitals,
    boolean hasTenants,
    List<String> notices) {
  private static final List<MailState> WAITING =
      List.of(
          MailState.QUEUED,
          MailState.LEASED,
          MailState.COMMITTING,
          MailState.RETRY_WAIT,
          MailState.PARKED);
  private static final long FEW = 2;

  /// Mails that will still be tried.
  public long waiting() {
    return WAITING.stream().mapToLong(this::count).sum();
  }

  public long count(MailState state) {
    return counts.getOrDefault(state, 0L);
  }

  /// That mail waits for too long though nothing that is told elsewhere stops it; empty when it
  /// does not.
  public String delay() {
    return relay == null || health.held() || health.paused() ? "" : vitals.delay();
  }

  /// When the oldest mail was taken that has not reached an end; null when none waits.
  public @Nullable Instant oldest() {
    return waiting() + count(MailState.UNKNOWN) == 0 ? null : vitals.oldest();
  }

  /// How long what waits has waited, a sentence; empty when it is one mail or none.
  public String ages() {
    return waiting() + count(MailState.UNKNOWN) > 1
        ? "Half of them have waited for %s or less, 99 %% for %s or less."
            .formatted(words(vitals.medianAge()), words(vitals.highAge()))
        : "";
  }

  /// In the largest unit of which there are two.
  private static String words(Duration age) {
    if (age.toMinutes() < FEW) {
      return age.toSeconds() + " s";
    }
    if (age.toHours() < FEW) {
      return age.toMinutes() + " minutes";
    }
    return age.toDays() < FEW ? age.toHours() + " hours" : age.toDays() + " days";
  }

  /// Whether the relay ever accepted a mail.
  public boolean wasAccepted() {
    return health.lastAcceptedAt().isAfter(Instant.EPOCH);
  }

  /// One word for the relay: `passed`, `warned` or `broken`, as the badges have it.
  public String signal() {
    if (relay == null || health.held()) {
      return "broken";
    }
    return health.paused() || !relay.validated() ? "warned" : "passed";
  }

  /// What the signal means.
  public String state() {
    if (relay == null) {
      return "not configured";
    }
    if (health.held()) {
      return "held back: the relay fails";
    }
    if (health.paused()) {
      return "paused";
    }
    return relay.validated() ? "in force, validated" : "in force, never validated";
  }
}
