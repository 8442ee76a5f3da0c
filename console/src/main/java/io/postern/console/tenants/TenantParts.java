package io.postern.console.tenants;

import io.postern.console.accounts.Accounts;
import io.postern.console.accounts.Links;
import io.postern.console.audit.Audit;
import io.postern.console.letters.Letters;
import io.postern.console.outbox.Outbox;
import io.postern.console.platform.Uid;
import io.postern.console.platform.database.Database;
import java.time.InstantSource;

/// What the room works with.
record TenantParts(
    Database database,
    TenantStore store,
    Accounts accounts,
    Links links,
    Letters letters,
    Outbox outbox,
    Audit audit,
    InstantSource clock,
    Uid uids) {}
