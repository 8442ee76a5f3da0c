package io.postern.console.accounts;

import io.postern.console.audit.Audit;
import io.postern.console.outbox.Outbox;
import io.postern.console.platform.database.Database;
import java.time.InstantSource;

/// What the management of system accounts works with.
record SystemParts(
    Database database,
    Accounts accounts,
    Links links,
    Outbox outbox,
    Courier courier,
    Audit audit,
    InstantSource clock) {
  Handovers handovers() {
    return new Handovers(accounts, outbox, clock);
  }

  Roots roots() {
    return new Roots(accounts, clock);
  }
}
