package io.postern.console.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// How the outbox does, in figures.
///
/// @param oldest when the oldest mail was taken that has not reached an end; null when none waits
/// @param oldestSecurity the same among security letters
/// @param medianAge of what waits, zero when nothing does
/// @param highAge the 99th percentile
/// @param obstacle why no mail is taken, a sentence; empty when it is
/// @param notices what an operator should know about the relay although mail flows
/// @param duplicates mails that may have been sent twice, ended ones included
public record Vitals(
    Instant at,
    Map<MailState, Long> counts,
    @Nullable Instant oldest,
    @Nullable Instant oldestSecurity,
    Duration medianAge,
    Duration highAge,
    long duplicates,
    RelayHealth relay,
    String obstacle,
    List<String> notices) {
  static final Duration SECURITY_MAX = Duration.ofMinutes(2);
  static final Duration SILENCE_MAX = Duration.ofMinutes(15);

  public long count(MailState state) {
    return counts.getOrDefault(state, 0L);
  }

  public Duration oldestAge() {
    return age(oldest);
  }

  public Duration oldestSecurityAge() {
    return age(oldestSecurity);
  }

  /// Why an operator should look, a sentence; empty when mail flows.
  public String alarm() {
    if (!obstacle.isEmpty()) {
      return obstacle;
    }
    if (relay.restored()) {
      return "The database was put back from a backup; sending waits for your word.";
    }
    return relay.held() ? "The relay is at fault: " + relay.summary() : delay();
  }

  /// That mail waits for too long though nothing stops it, a sentence; empty when it does not.
  public String delay() {
    if (oldestSecurityAge().compareTo(SECURITY_MAX) > 0) {
      return "A security letter has waited for " + oldestSecurityAge().toMinutes() + " minutes.";
    }
    var silence = Duration.between(relay.lastAcceptedAt(), at);
    return oldestAge().compareTo(SILENCE_MAX) > 0 && silence.compareTo(SILENCE_MAX) > 0
        ? "Mail waits, and none was accepted for more than 15 minutes."
        : "";
  }

  private Duration age(@Nullable Instant since) {
    return since == null || since.isAfter(at) ? Duration.ZERO : Duration.between(since, at);
  }
}
