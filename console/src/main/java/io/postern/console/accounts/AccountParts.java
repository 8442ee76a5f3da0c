package io.postern.console.accounts;

import io.postern.console.audit.Audit;
import io.postern.console.letters.Letters;
import io.postern.console.outbox.Outbox;
import io.postern.console.platform.Uid;
import io.postern.console.platform.database.Database;
import java.time.InstantSource;

/// What the changes of one's own account work with.
record AccountParts(
    Database database,
    Accounts accounts,
    Sessions sessions,
    Links links,
    Throttle throttle,
    Letters letters,
    Outbox outbox,
    Audit audit,
    InstantSource clock,
    Uid uids) {}
