package io.postern.console.outbox;

import io.postern.console.settings.RelayVersion;
import io.postern.smtp.diagnosis.Rung;
import io.postern.smtp.session.Failure;
import io.postern.smtp.session.Network;
import io.postern.smtp.session.Submission;
import io.postern.smtp.session.Watch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One reused connection to the relay: up to 100 messages or 300 seconds, and never across
/// a change of the configuration.
final class Lane implements AutoCloseable {
  static final int MESSAGES_MAX = 100;
  static final Duration AGE_MAX = Duration.ofMinutes(5);

  /// Without a next mail the session is given up before the relay does it: a mail that meets a dead
  /// connection waits for its next try.
  static final Duration IDLE_MAX = Duration.ofSeconds(10);

  private final Network network;
  private volatile @Nullable Submission submission;
  private volatile @Nullable String tenantUid;
  private long relayNumber;
  private Instant openedAt = Instant.EPOCH;
  private Instant usedAt = Instant.EPOCH;
  private int messages;
  private boolean grouped;

  Lane(Network network) {
    this.network = network;
  }

  /// A session that is ready, or why there is none.
  sealed interface Ride {
    record Ready(Submission submission) implements Ride {}

    record None(Failure failure, List<Rung> rungs) implements Ride {}
  }

  /// @param mail that is to be sent over it
  /// @param groups whether commands may go out in groups
  Ride ride(QueuedMail mail, RelayVersion version, boolean groups) {
    tenantUid = mail.tenantUid();
    var open = submission;
    if (open != null && isFresh(open, version) && (groups || !grouped)) {
      usedAt = network.clock().instant();
      messages++;
      return new Ride.Ready(open);
    }
    close();
    grouped = groups;
    var relay = groups ? version.relay() : version.relay().withoutGroups();
    return switch (Submission.open(relay, network, Watch.NOBODY)) {
      case Submission.Opening.Ready(var ready, _) -> {
        submission = ready;
        relayNumber = version.number();
        openedAt = network.clock().instant();
        usedAt = openedAt;
        messages = 1;
        yield new Ride.Ready(ready);
      }
      case Submission.Opening.Failed(var failure, var rungs, _) -> new Ride.None(failure, rungs);
    };
  }

  /// Whether the next mail needs no new connection.
  boolean isOpen(RelayVersion version) {
    var open = submission;
    return open != null && isFresh(open, version);
  }

  /// Whether there is a session, be it of use or not; from any thread.
  boolean hasSession() {
    return submission != null;
  }

  /// The tenant of the mail that is or was sent over it last, null for one of the instance itself;
  /// from any thread.
  @Nullable String tenantUid() {
    return tenantUid;
  }

  /// The version of the relay that the session belongs to or the last one did, 0 for none.
  long relayNumber() {
    return relayNumber;
  }

  /// Whether the relay of the open session broke the order of its replies.
  boolean brokeReplyOrder() {
    var open = submission;
    return open != null && open.brokeReplyOrder();
  }

  /// When the certificate of the open session ends; absent without TLS or a session.
  @Nullable Instant certificateEndsAt() {
    var open = submission;
    return open == null ? null : open.certificateEndsAt();
  }

  /// Ends the session, politely when it is usable.
  @Override
  public void close() {
    var open = submission;
    submission = null;
    if (open != null) {
      open.close();
    }
  }

  private boolean isFresh(Submission open, RelayVersion version) {
    var age = Duration.between(openedAt, network.clock().instant());
    return open.isUsable()
        && relayNumber == version.number()
        && messages < MESSAGES_MAX
        && age.compareTo(AGE_MAX) < 0
        && Duration.between(usedAt, network.clock().instant()).compareTo(IDLE_MAX) < 0
        && !age.isNegative();
  }
}
