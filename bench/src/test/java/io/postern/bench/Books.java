package io.postern.bench;

import io.postern.console.platform.database.Database;
import java.util.concurrent.locks.LockSupport;

/// What a PostgreSQL says that it has done so far for one database.
///
/// @param commits that wrote something: only these have a number of their own
/// @param rows that were inserted or updated in the tables of mail and of its tries
/// @param octets of its log
record Books(long commits, long rows, long octets) {
  /// A session of PostgreSQL tells its figures at most once a second, and an idle one at once.
  private static final long TOLD_AFTER_NANOS = 1_500_000_000;

  static Books of(Database database) {
    LockSupport.parkNanos(TOLD_AFTER_NANOS);
    return database.read(tx ->
        tx.jdbc()
            .sql(
                """
                select pg_snapshot_xmax(pg_current_snapshot())::text::bigint,
                  (select sum(n_tup_ins + n_tup_upd) from pg_stat_user_tables where relname in ('mail', 'mail_attempt')),
                  pg_current_wal_lsn() - '0/0'::pg_lsn
                """)
            .query((row, _) -> new Books(row.getLong(1), row.getLong(2), row.getLong(3)))
            .single());
  }

  Books minus(Books other) {
    return new Books(commits - other.commits, rows - other.rows, octets - other.octets);
  }
}
