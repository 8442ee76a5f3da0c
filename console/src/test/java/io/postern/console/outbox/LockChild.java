package io.postern.console.outbox;

import io.postern.console.platform.database.DatabaseException;
import io.postern.console.platform.database.Transaction;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.dao.DataAccessException;

/// A process that stands still within a transaction, with every row locked that others must pass:
/// the circuit's, the head of the audit log, all mails. It goes on when its input ends.
final class LockChild {
  static final String HOLDING = "holding";
  static final String REFUSED = "refused";
  static final String WORKS_AGAIN = "works again";

  private LockChild() {}

  /// @param arguments the JDBC URL
  public static void main(String[] arguments) {
    try (var database = CrashChild.open(arguments[0], _ -> {})) {
      try {
        database.write(transaction -> {
          lock(transaction);
          System.out.println(HOLDING);
          awaitEndOfInput();
          return lock(transaction);
        });
      } catch (DatabaseException | DataAccessException e) {
        System.out.println(REFUSED + ": " + e.getMessage());
      }
      database.write(LockChild::lock);
      System.out.println(WORKS_AGAIN);
    }
  }

  private static int lock(Transaction transaction) {
    return change(transaction, "update outbox_control set suspects = suspects")
        + change(transaction, "update audit_head set sequence = sequence")
        + change(transaction, "update mail set subject = 'changed by the stopped process'");
  }

  private static int change(Transaction transaction, String sql) {
    return transaction.jdbc().sql(sql).update();
  }

  private static void awaitEndOfInput() {
    try {
      System.in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
