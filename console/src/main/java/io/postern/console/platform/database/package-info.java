/// Transactions on SQLite or PostgreSQL, and migrations.
@NullMarked
package io.postern.console.platform.database;

import org.jspecify.annotations.NullMarked;
