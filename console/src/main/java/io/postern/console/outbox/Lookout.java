package io.postern.console.outbox;

import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Notes what the session of a lane shows of its relay ([Sight]); writes only what is new.
final class Lookout {
  private static final Logger LOG = LoggerFactory.getLogger(Lookout.class);

  private final OutboxParts parts;
  private Sight known = new Sight(0, 0, Instant.EPOCH);

  Lookout(OutboxParts parts) {
    this.parts = parts;
  }

  /// What another process or an earlier life of this one has seen.
  void told(Sight sight) {
    known = sight;
  }

  /// Whether commands may go out in groups.
  boolean mayGroup(long number) {
    return known.mayGroup(number);
  }

  void look(Lane lane) {
    var number = lane.relayNumber();
    if (known.mayGroup(number) && lane.brokeReplyOrder()) {
      LOG.warn("The relay of version {} broke the order of its replies: no more groups.", number);
      parts
          .database()
          .write(transaction -> {
            Sight.unordered(transaction, number);
            return 0;
          });
      known = new Sight(number, known.certified(), known.certificateEndsAt());
    }
    var end = lane.certificateEndsAt();
    if (end != null && (known.certified() != number || !known.certificateEndsAt().equals(end))) {
      parts
          .database()
          .write(transaction -> {
            Sight.certificate(transaction, number, end);
            return 0;
          });
      known = new Sight(known.unordered(), number, end);
    }
  }
}
