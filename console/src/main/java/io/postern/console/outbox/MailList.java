package io.postern.console.outbox;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What the Mail page shows.
///
/// @param state the filter, null: all
/// @param page counted from 1
/// @param obstacle why nothing can be sent at all, a sentence; empty when it can
/// @param refusal why no mail is taken, a sentence; empty when it is
/// @param slowed why mail goes out more slowly than it could, a sentence each
/// @param at when this was so
public record MailList(
    Mails.Page found,
    Map<MailState, Long> counts,
    RelayHealth health,
    @Nullable MailState state,
    String text,
    int page,
    String obstacle,
    String refusal,
    List<String> slowed,
    Instant at) {
  static final int ROWS = 50;

  public long count(MailState of) {
    return counts.getOrDefault(of, 0L);
  }

  /// How many have not reached an end.
  public long waiting() {
    return counts.entrySet().stream()
        .filter(count -> !count.getKey().isEnd())
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  /// Whether there was never any mail.
  public boolean isEmpty() {
    return counts.isEmpty();
  }

  public boolean hasNewer() {
    return page > 1;
  }

  public boolean hasOlder() {
    return (long) page * ROWS < found.total();
  }

  /// The address of another page under the same filter.
  public String to(int other) {
    var word = state == null ? "" : state.word();
    var encoded = java.net.URLEncoder.encode(text, java.nio.charset.StandardCharsets.UTF_8);
    return MailPages.PATH + "?state=" + word + "&text=" + encoded + "&page=" + other;
  }

  /// How many *Send all waiting mail* would bring forward.
  public long held() {
    return count(MailState.PARKED) + count(MailState.RETRY_WAIT);
  }
}
