package io.postern.console.audit;

import io.postern.console.platform.database.Database;
import io.postern.console.platform.database.DatabaseException;
import io.postern.console.platform.web.Actor;
import io.postern.console.platform.web.RefusalWatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes refused pages and calls into the audit log (ASVS 16.3.2), at most [Audit#REFUSALS_MAX] of
/// an account a minute. What is over is only counted, by a read: the writer stays free.
final class RefusedAccess implements RefusalWatch {
  private static final Logger LOG = LoggerFactory.getLogger(RefusedAccess.class);

  private final Database database;
  private final Audit audit;

  RefusedAccess(Database database, Audit audit) {
    this.database = database;
    this.audit = audit;
  }

  @Override
  public void refused(Actor actor, String what, String why) {
    try {
      if (database.read(tx -> audit.refusals(tx, actor)) >= Audit.REFUSALS_MAX) {
        return;
      }
      database.write(tx -> {
        audit.refused(tx, actor, new Audit.Object("access", "", what), "Refused: " + why);
        return true;
      });
    } catch (DatabaseException e) {
      // With a full disk the refusal stands all the same, and is answered.
      LOG.warn("A refusal could not be written into the audit log: {}", e.getMessage());
    }
  }
}
