package io.postern.console.outbox;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// When the circuit is told that the relay took a mail. Its row is shared by all workers, so once a
/// second will do while all goes well; and the next one, when this process knows of a doubt: it
/// reads the row before each batch.
final class Successes {
  static final Duration EVERY = Duration.ofSeconds(1);

  private final Duration every;
  private final AtomicReference<Instant> last = new AtomicReference<>(Instant.EPOCH);
  private final AtomicLong doubts = new AtomicLong();
  private final AtomicLong settled = new AtomicLong();

  Successes() {
    this(EVERY);
  }

  Successes(Duration every) {
    this.every = every;
  }

  /// That the circuit is to be told.
  ///
  /// @param doubts that were known then
  record Claim(long doubts) {}

  /// @return null when the success of now need not be told
  @Nullable Claim claim(Instant now) {
    var known = doubts.get();
    if (known != settled.get()) {
      return new Claim(known);
    }
    var before = last.get();
    // A clock that was set back does not silence it.
    var due = Duration.between(before, now).abs().compareTo(every) >= 0;
    return due && last.compareAndSet(before, now) ? new Claim(known) : null;
  }

  /// It was told: what was in doubt when it was claimed is settled.
  void told(Claim claim) {
    settled.accumulateAndGet(claim.doubts(), Math::max);
  }

  /// Something is wrong with the relay, or may be, or could not be told.
  void doubted() {
    doubts.incrementAndGet();
  }
}
