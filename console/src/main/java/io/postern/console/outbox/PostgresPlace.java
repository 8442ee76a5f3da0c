package io.postern.console.outbox;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/// PostgreSQL: the numbers of its cluster, of the database and of the table. `pg_restore` makes a
/// new table, and with it a new number; several processes see the same. A server that speaks the
/// protocol and has no such numbers is never taken for a restored one.
final class PostgresPlace implements RestoreWatch.Origin {
  private static final String NAME = "outbox-place";
  private static final Logger LOG = LoggerFactory.getLogger(PostgresPlace.class);

  private final OutboxParts parts;

  PostgresPlace(OutboxParts parts) {
    this.parts = parts;
  }

  @Override
  public boolean isAnother() {
    var known = RestoreWatch.Origin.read(parts.database(), NAME);
    var here = here();
    return !known.isEmpty() && !here.isEmpty() && !known.equals(here);
  }

  @Override
  public void renew() {
    var here = here();
    if (!here.isEmpty() && !here.equals(RestoreWatch.Origin.read(parts.database(), NAME))) {
      RestoreWatch.Origin.write(parts, NAME, here);
    }
  }

  private String here() {
    try {
      return parts
          .database()
          .read(transaction ->
              transaction
                  .jdbc()
                  .sql(
                      """
                      select (select system_identifier from pg_control_system())::text || ':'
                        || (select oid from pg_database where datname = current_database())::text || ':' || 'mail'::regclass::oid::text
                      """)
                  .query(String.class)
                  .single());
    } catch (DataAccessException e) {
      LOG.info(
          "This database server does not say where it is; a restored backup is not recognized: {}",
          e.getMostSpecificCause().getMessage());
      return "";
    }
  }
}
