package io.postern.console.platform.database;

/// The database failed: full disk, lost connection, broken file. Nothing of the transaction is
/// promised.
public final class DatabaseException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DatabaseException(String sentence) {
    super(sentence);
  }

  public DatabaseException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
