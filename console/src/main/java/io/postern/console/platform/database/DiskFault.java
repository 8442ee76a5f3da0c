package io.postern.console.platform.database;

import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// SQLite's word that the disk under it failed, and nobody knows what is on it: a write or a flush
/// that went wrong, a file that is damaged (sqlite.org/rescode.html). A full disk is none: SQLite
/// undoes what does not fit.
final class DiskFault {
  private static final int IOERR = 10;
  private static final int CORRUPT = 11;
  private static final int NOTADB = 26;
  private static final Set<Integer> CODES = Set.of(IOERR, CORRUPT, NOTADB);

  /// An extended result code carries the plain one in its lowest octet.
  private static final int PLAIN_CODE = 0xff;

  private DiskFault() {}

  /// @return null when the failure is another one
  static @Nullable SQLException in(@Nullable Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException fault
          && CODES.contains(fault.getErrorCode() & PLAIN_CODE)) {
        return fault;
      }
    }
    return null;
  }
}
