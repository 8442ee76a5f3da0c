package io.postern.console.platform.database;

import java.io.FileNotFoundException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertPathValidatorException.Reason;
import java.security.cert.PKIXReason;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.NativeLibraryNotFoundException;

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

  private static final Set<Reason> UNKNOWN_AUTHORITY =
      Set.of(PKIXReason.NO_TRUST_ANCHOR, BasicReason.INVALID_SIGNATURE);

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
    if (isBecauseOf(fault, NativeLibraryNotFoundException.class)) {
      return "SQLite's library cannot be loaded, neither from beside the program nor from %s. One of the two must be allowed to run programs (no noexec), the latter with 2 MiB of room. For a processor or a C library that it was not made for, use PostgreSQL."
          .formatted(System.getProperty("java.io.tmpdir"));
    }
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
      case "08" -> ofConnection(fault);
      case "28" ->
          "PostgreSQL refuses the sign-in (%s). Correct the user in POSTERN_DATABASE_URL or the file in POSTERN_DATABASE_PASSWORD_FILE."
              .formatted(firstLine(fault));
      case "3D" ->
          "PostgreSQL has no such database (%s). Create it, or correct POSTERN_DATABASE_URL."
              .formatted(firstLine(fault));
      case "42" ->
          state.equals("42501")
              ? "the user may not make tables in this database (%s). Make it the owner of the database: alter database … owner to …;"
                  .formatted(firstLine(fault))
              : firstLine(fault);
      case "53" -> state.equals("53100") ? DISK_FULL : firstLine(fault);
      case "57" -> "PostgreSQL is starting or stopping. Start Postern again in a moment.";
      default -> firstLine(fault);
    };
  }

  /// The driver has one SQLSTATE for a server that is away and for one that was not believed.
  private static String ofConnection(SQLException fault) {
    if (causes(fault).anyMatch(OpeningFault::isUnknownAuthority)) {
      return "no authority that counts issued the certificate of PostgreSQL. Name the file of its authority in POSTERN_DATABASE_URL, ?sslrootcert=/path/ca.pem; if it is the right one, somebody stands between.";
    }
    if (isBecauseOf(fault, SSLException.class)) {
      return "TLS with PostgreSQL fails (%s). Correct its certificate, or POSTERN_DATABASE_URL."
          .formatted(firstLine(fault));
    }
    if (firstLine(fault).contains("hostnameverifier")) {
      return "the certificate of PostgreSQL does not name the host of POSTERN_DATABASE_URL. Use a name that stands in it, or give PostgreSQL a certificate with this one.";
    }
    return isBecauseOf(fault, FileNotFoundException.class)
        ? "%s Correct sslrootcert in POSTERN_DATABASE_URL.".formatted(firstLine(fault))
        : "PostgreSQL does not answer (%s). Start it, or correct POSTERN_DATABASE_URL."
            .formatted(firstLine(fault));
  }

  /// None has the issuer's name, or the one that has it did not sign.
  private static boolean isUnknownAuthority(Throwable cause) {
    return cause instanceof CertPathBuilderException
        || (cause instanceof CertPathValidatorException told
            && UNKNOWN_AUTHORITY.contains(told.getReason()));
  }

  private static boolean isBecauseOf(Throwable failure, Class<? extends Throwable> kind) {
    return causes(failure).anyMatch(kind::isInstance);
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
  }

  private static String firstLine(SQLException fault) {
    return String.valueOf(fault.getMessage())
        .lines()
        .findFirst()
        .map(String::strip)
        .orElse("no reason was given");
  }
}
