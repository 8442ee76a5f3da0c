package io.postern.console.outbox;

import io.postern.console.platform.database.Database.Dialect;
import io.postern.console.platform.database.Transaction;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/// Who goes first: security letters before all others; among mails of one priority each
/// tenant in turn, the oldest of a tenant first.
///
/// A mail that may be picked has a turn, and the lowest goes first: one after the last of its
/// tenant, but not before the turn that was reached. A tenant with ten thousand mails has them at
/// ten thousand turns, and the one mail of another stands beside the first of them. What is tried
/// again has turns of its own beside those of its tenant. To pick is to read the head of one index,
/// whatever waits behind it.
final class Picking {
  /// So many mails whose time has come get their turn in one transaction: others wait for it.
  static final int DUE_MAX = 500;

  /// One after the last of the tenant, but not before the turn that was reached.
  private static final String NEXT =
      """
      (select max(turns.turn) from (
        select turn from outbox_turn where priority = %1$s
        union all
        select last.turn from (
          select other.turn + 1 as turn from mail other
          where coalesce(other.tenant_uid, '') = %2$s and other.priority = %1$s and other.turn is not null%3$s
          order by other.turn desc limit 1) last) turns)
      """;

  /// For a statement that inserts a mail; takes priority, tenant (empty: none), priority.
  static final String NEXT_TURN_OF_NEW_MAIL = NEXT.formatted("?", "?", "");

  /// For a statement that updates mails which are tried again: not behind the newer ones of their
  /// tenant, but beside them.
  static final String NEXT_TURN_OF_RETRY =
      NEXT.formatted(
          "mail.priority",
          "coalesce(mail.tenant_uid, '')",
          " and other.standing in ('RETRY_WAIT', 'UNKNOWN')");

  private static final String NEXT_TURN =
      NEXT.formatted("mail.priority", "coalesce(mail.tenant_uid, '')", "");

  private static final String WAITS = "standing in ('QUEUED', 'RETRY_WAIT', 'UNKNOWN')";

  /// What is picked: takes the time, and by format how many and the suffix that locks. How many
  /// stands in the words: PostgreSQL takes an unknown number for a tenth of all that waits, and of
  /// a large backlog would rather plan anew for each batch than believe that. (Not `%d`: some
  /// languages have digits of their own.)
  static final String HEAD =
      "select uid from mail where turn is not null and "
          + WAITS
          + " and expires_at > ? order by priority, turn, created_at limit %s%s";

  /// Whose turn has come or comes next, among so many: a tenant's mails stand at turns of their
  /// own, so that whoever waits behind those of others is near the head.
  private static final int LOOKED_THROUGH = 500;

  private final MailRow rows;
  private final Dialect dialect;
  private final String skipLocked;

  /// @param skipLocked the suffix of a query by which others pass over what it finds
  Picking(MailRow rows, Dialect dialect, String skipLocked) {
    this.rows = rows;
    this.dialect = dialect;
    this.skipLocked = skipLocked;
  }

  /// Takes up to `limit` mails, in the order in which they are to be sent.
  ///
  /// @param passedOver tenants whose mails stay, security letters excepted
  List<QueuedMail> lease(
      Transaction transaction, Instant now, String token, Set<String> passedOver, int limit) {
    readInOrder(transaction);
    queueUp(transaction, now);
    var picked =
        transaction
            .jdbc()
            .sql(
                """
                update mail set waited_as = state, state = 'LEASED', lease_token = ?, lease_until = ?
                where uid in (%s) returning %s
                """
                    .formatted(head(passedOver, limit), MailRow.COLUMNS))
            .params(token, now.plus(LeaseKeeper.LENGTH).toEpochMilli(), now.toEpochMilli())
            .params(List.copyOf(passedOver))
            .query((row, _) -> new Picked(rows.read(row), row.getLong("turn")))
            .list();
    reached(transaction, picked);
    return inOrder(picked);
  }

  private String head(Set<String> passedOver, int limit) {
    return passedOver.isEmpty()
        ? HEAD.formatted(limit, skipLocked)
        : """
        select uid from mail where uid in (%s) and (priority = %s or tenant_uid is null or tenant_uid not in (%s))
        order by priority, turn, created_at limit %s
        """
            .formatted(
                HEAD.formatted(LOOKED_THROUGH, skipLocked),
                Priority.SECURITY.rank(),
                String.join(", ", Collections.nCopies(passedOver.size(), "?")),
                limit);
  }

  /// PostgreSQL may believe that little waits, as long as nobody has counted a backlog that just
  /// came in, and would then rather read and sort all of it than walk down an index.
  void readInOrder(Transaction transaction) {
    switch (dialect) {
      case SQLITE -> {
        // Walks down the index by itself.
      }
      case POSTGRESQL -> transaction.jdbc().sql("set local enable_sort = off").update();
    }
  }

  private static List<QueuedMail> inOrder(List<Picked> picked) {
    return picked.stream()
        .sorted(
            Comparator.comparing((Picked each) -> each.mail().priority())
                .thenComparingLong(Picked::turn)
                .thenComparing(each -> each.mail().createdAt())
                .thenComparing(each -> each.mail().uid()))
        .map(Picked::mail)
        .toList();
  }

  private record Picked(QueuedMail mail, long turn) {}

  /// Gives mails whose time has come their turn, security first.
  private void queueUp(Transaction transaction, Instant now) {
    var left = DUE_MAX;
    for (var priority : Priority.values()) {
      var due = due(transaction, priority, now, left);
      for (var mail : due) {
        var next = mail.state() == MailState.QUEUED ? NEXT_TURN : NEXT_TURN_OF_RETRY;
        transaction
            .jdbc()
            .sql("update mail set turn = " + next + " where uid = ? and turn is null")
            .param(mail.uid())
            .update();
      }
      left -= due.size();
    }
  }

  private record Due(String uid, MailState state) {}

  private List<Due> due(Transaction transaction, Priority priority, Instant now, int limit) {
    return transaction
        .jdbc()
        .sql(
            "select uid, state from mail where priority = ? and turn is null and %s and due_at <= ? order by due_at limit ?%s"
                .formatted(WAITS, skipLocked))
        .params(priority.rank(), now.toEpochMilli(), limit)
        .query((row, _) -> new Due(row.getString(1), MailState.valueOf(row.getString(2))))
        .list();
  }

  /// New mail queues up behind what was picked, not before it.
  private static void reached(Transaction transaction, List<Picked> picked) {
    for (var priority : Priority.values()) {
      var turns =
          picked.stream()
              .filter(each -> each.mail().priority() == priority)
              .mapToLong(Picked::turn)
              .max();
      if (turns.isPresent()) {
        transaction
            .jdbc()
            .sql("update outbox_turn set turn = ? where priority = ? and turn < ?")
            .params(turns.getAsLong(), priority.rank(), turns.getAsLong())
            .update();
      }
    }
  }
}
