package io.postern.console.platform.database;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/// Why a database could not be opened, in a sentence that says what to do.
///
/// SQLite tells faults apart by its result codes (sqlite.org/rescode.html), PostgreSQL by SQLSTATE
/// (its manual, appendix A).
final class OpeningFault {
  private static final int SQLITE_PERM = 3;
  private static final int SQLITE_BUSY = 5;
  private static final int SQLITE_LOCKED = 6;
  private static final int SQLITE_READONLY = 8;
  private static final int SQLITE_IOERR = 10;
  private static final int SQLITE_CORRUPT = 11;
  private static final int SQLITE_FULL = 13;
  private static final int SQLITE_CANTOPEN = 14;
  private static final int SQLITE_NOTADB = 26;

  /// An extended result code carries the plain one in its lowest octet.
  private static final int PLAIN_CODE = 0xff;

  private static final String DISK_FULL =
      "the disk is full. Make room and start again; nothing was lost.";

  private OpeningFault() {}

  /// @return null when the failure does not come from a database
  static @Nullable String sentence(Throwable failure) {
    SQLException fault = null;
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException found) {
        fault = found;
      }
    }
    return fault == null ? null : sentence(fault);
  }

  private static String sentence(SQLException fault) {
    var state = fault.getSQLState();
    return state == null ? ofSqlite(fault) : ofPostgres(state, fault);
  }

  private static String ofSqlite(SQLException fault) {
    return switch (fault.getErrorCode() & PLAIN_CODE) {
      case SQLITE_FULL -> DISK_FULL;
      case SQLITE_BUSY, SQLITE_LOCKED ->
          "another program holds it locked, such as a backup or a shell on the file. End that program and start again.";
      case SQLITE_NOTADB, SQLITE_CORRUPT ->
          "the file is damaged or not a Postern database. Restore it from your backup.";
      case SQLITE_READONLY, SQLITE_PERM, SQLITE_CANTOPEN ->
          "the file cannot be written. Give this user write access to it and its directory.";
      case SQLITE_IOERR ->
          "the disk reports a fault (%s). Check the disk and its file system."
              .formatted(firstLine(fault));
      default -> firstLine(fault);
    };
  }

  private static String ofPostgres(String state, SQLException fault) {
    var kind = state.substring(0, Math.min(2, state.length()));
    return switch (kind) {
      case "08" ->
          "PostgreSQL does not answer (%s). Start it, or correct POSTERN_DATABASE_URL."
              .formatted(firstLine(fault));
      case "28" ->
          "PostgreSQL refuses the sign-in (%s). Correct the user in POSTERN_DATABASE_URL or the file in POSTERN_DATABASE_PASSWORD_FILE."
              .formatted(firstLine(fault));
      case "3D" ->
          "PostgreSQL has no such database (%s). Create it, or correct POSTERN_DATABASE_URL."
              .formatted(firstLine(fault));
      case "53" -> state.equals("53100") ? DISK_FULL : firstLine(fault);
      case "57" -> "PostgreSQL is starting or stopping. Start Postern again in a moment.";
      default -> firstLine(fault);
    };
  }

  private static String firstLine(SQLException fault) {
    return String.valueOf(fault.getMessage())
        .lines()
        .findFirst()
        .map(String::strip)
        .orElse("no reason was given");
  }
}
