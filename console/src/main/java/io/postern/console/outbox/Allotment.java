package io.postern.console.outbox;

import io.postern.console.settings.RelayVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/// Which mails a worker gets now, as many as the relay takes.
final class Allotment {
  private final OutboxParts parts;
  private final Connections connections;
  private Duration pause = Duration.ZERO;
  private int size = OutboxWorker.BATCH;
  private volatile boolean leftSome;
  private Set<String> passedOver = Set.of();

  /// @param connections among them that of the worker
  Allotment(OutboxParts parts, Connections connections) {
    this.parts = parts;
    this.connections = connections;
  }

  /// How long the relay gets nothing yet, as [#isHeldBack] found it; zero when it may have mail at
  /// once.
  Duration pause() {
    return pause;
  }

  /// Takes so many at most from now on.
  void resize(int mails) {
    size = mails;
  }

  /// Takes no mails of these tenants from now on, security letters excepted.
  void passOver(Set<String> tenants) {
    passedOver = tenants;
  }

  /// The round took nothing.
  void nothingTaken() {
    leftSome = false;
  }

  /// Whether more waits than was taken last, and the relay would have it.
  boolean leftSome() {
    return leftSome;
  }

  /// Another round begins.
  void begin() {
    pause = Duration.ZERO;
  }

  /// Whether the relay gets nothing yet, because it takes no more now or over no more connections.
  boolean isHeldBack(RelayVersion version, Instant now) {
    return parts
        .database()
        .read(transaction -> {
          pause = Throttle.read(transaction).pause(version, now);
          return !pause.isZero() || !connections.hasRoom(transaction, version, now);
        });
  }

  /// Takes mails under a lease of this token.
  List<QueuedMail> take(String token, Instant now, RelayVersion version) {
    return parts
        .database()
        .writeRepeatable(transaction -> {
          if (Double.isInfinite(Throttle.read(transaction).mailsPerMinute(version, now))) {
            var mails = parts.store().lease(transaction, now, token, passedOver, size);
            leftSome = mails.size() == size;
            return mails;
          }
          leftSome = false;
          var throttle = Throttle.lock(transaction);
          if (!throttle.pause(version, now).isZero()) {
            return List.of();
          }
          var share = throttle.share(version, now, size);
          var mails = parts.store().lease(transaction, now, token, passedOver, share);
          throttle.spend(transaction, version, now, mails.size());
          return mails;
        });
  }

  /// While the circuit is open one mail of one worker tries the relay.
  List<QueuedMail> takeProbe(String token, Instant now) {
    return parts
        .database()
        .write(transaction -> {
          if (!Circuit.claimProbe(transaction, now)) {
            return List.of();
          }
          var parked = parts.store().leaseParked(transaction, now, token);
          return parked.isEmpty()
              ? parts.store().lease(transaction, now, token, passedOver, 1)
              : parked;
        });
  }
}
