package io.postern.smtp.probe;

import io.postern.smtp.Mailbox;
import io.postern.smtp.diagnosis.Observation;
import io.postern.smtp.session.Relay;
import io.postern.smtp.session.Session;
import io.postern.smtp.session.Watch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks the relay for the same transaction without signing in, up to the recipient; no message.
/// Tells a relay that knows this machine by its address from one that wants credentials.
final class Anonymous {
  private final Site site;

  Anonymous(Site site) {
    this.site = site;
  }

  /// Only a recipient elsewhere tells: its own mail a server takes from anybody.
  static boolean tells(Subject subject) {
    var from = subject.from();
    var to = subject.to();
    return from != null && to != null && !from.domain().equals(to.domain());
  }

  List<Observation> look() {
    var relay = site.subject().relay();
    var anonymous =
        new Relay(
            relay.host(),
            relay.port(),
            relay.security(),
            relay.trust(),
            null,
            relay.ehloName(),
            relay.patience().within(Site.EACH));
    try (var session = new Session(anonymous, site.network(), Watch.NOBODY)) {
      if (session.open() != null) {
        return List.of();
      }
      var taken = takes(session, site.subject().from(), site.subject().to());
      return List.of(new Observation.WithoutSignIn(taken));
    }
  }

  private static boolean takes(Session session, @Nullable Mailbox from, @Nullable Mailbox to) {
    if (from == null || to == null) {
      return false;
    }
    var transaction = session.transaction();
    var stop = transaction.from(from, to);
    if (stop == null) {
      stop = transaction.to(to);
      transaction.reset();
    }
    return stop == null;
  }
}
