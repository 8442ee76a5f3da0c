package io.postern.console.platform.database;

import io.postern.console.platform.UnusableSettingException;
import java.util.Map;
import java.util.Objects;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/// Brings the schema to this version's. One set of files serves both databases. What differs:
/// `${bytes}` is the type of octets, `${kept}` how a derived column is, and a line that begins with
/// `${onPostgresql}` is for PostgreSQL alone.
final class Migrations {
  private final Flyway flyway;

  Migrations(DataSource source, Database.Dialect dialect) {
    var differing =
        switch (dialect) {
          case SQLITE -> Map.of("bytes", "BLOB", "kept", "virtual", "onPostgresql", "-- ");
          case POSTGRESQL -> Map.of("bytes", "BYTEA", "kept", "stored", "onPostgresql", "");
        };
    this.flyway =
        Flyway.configure()
            .dataSource(source)
            .locations("classpath:db")
            .placeholders(differing)
            .loggers("slf4j")
            // Numbers go by room, so a new file of one room may come after a higher one of another.
            .outOfOrder(true)
            .load();
  }

  /// @throws UnusableSettingException when the database is newer than this program, or a migration
  ///   failed
  void run() {
    var newer = hasFuture();
    if (newer) {
      throw new UnusableSettingException(
          "The database was written by a newer version of Postern. Start that version, or restore a backup made with this one.");
    }
    try {
      flyway.migrate();
    } catch (FlywayException e) {
      throw new UnusableSettingException(
          "The database could not be brought to this version: "
              + Objects.requireNonNullElseGet(OpeningFault.sentence(e), e::getMessage));
    }
  }

  private boolean hasFuture() {
    for (var migration : flyway.info().all()) {
      switch (migration.getState()) {
        case FUTURE_SUCCESS, FUTURE_FAILED -> {
          return true;
        }
        default -> {
          // Every other state is one that migrate() judges.
        }
      }
    }
    return false;
  }
}
