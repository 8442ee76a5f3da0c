package io.postern.console.outbox;

import io.postern.console.platform.database.Transaction;
import io.postern.console.settings.RelayVersion;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What deliveries saw of a relay, by the number of its version. A row, shared by all processes: a
/// restart must not find out again, with a broken session, what is known.
///
/// @param unordered the version whose relay broke the order of its replies, 0 for none
/// @param certified the version whose certificate was seen last, 0 for none
record Sight(long unordered, long certified, Instant certificateEndsAt) {
  /// from here on the end of a certificate is announced.
  static final int CERTIFICATE_DAYS_MIN = 30;

  static Sight read(ResultSet row) throws SQLException {
    return new Sight(
        row.getLong("unordered"),
        row.getLong("certified"),
        Instant.ofEpochMilli(row.getLong("certificate_ends_at")));
  }

  static void unordered(Transaction transaction, long number) {
    transaction
        .jdbc()
        .sql("update outbox_control set unordered = ? where id = 1")
        .param(number)
        .update();
  }

  static void certificate(Transaction transaction, long number, Instant endsAt) {
    transaction
        .jdbc()
        .sql("update outbox_control set certified = ?, certificate_ends_at = ? where id = 1")
        .params(number, endsAt.toEpochMilli())
        .update();
  }

  /// Whether commands may go out in groups.
  boolean mayGroup(long number) {
    return unordered != number;
  }

  /// What an operator should know about the relay although mail flows, a sentence each.
  List<String> notices(RelayVersion version, Instant now) {
    var notices = new ArrayList<String>();
    if (version.values().skipVerify()) {
      notices.add(
          "Insecure Skip TLS Verify is in force: anyone on the way could pose as the relay and read the password and every mail.");
    }
    if (!mayGroup(version.number())) {
      notices.add(
          "The relay broke the order of its replies. Commands go to it one by one now, which is slower and safe; the next version that you save tries groups again.");
    }
    var days = Duration.between(now, certificateEndsAt).toDays();
    if (certified == version.number() && days <= CERTIFICATE_DAYS_MIN) {
      notices.add(
          "The certificate of the relay ends %s. Whoever runs it has to renew it; after that day no mail goes out."
              .formatted(
                  days < 1 ? "within a day" : days == 1 ? "in 1 day" : "in " + days + " days"));
    }
    return notices;
  }
}
