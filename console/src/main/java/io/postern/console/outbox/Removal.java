package io.postern.console.outbox;

import io.postern.console.platform.database.Transaction;
import java.util.Collections;
import java.util.List;

/// Removes mails and what belongs to them. No foreign key does it on PostgreSQL (ADR 16).
final class Removal {
  static final List<String> LETTERS = List.of("mail_letter", "mail_octets");
  private static final List<String> ALL = List.of("mail_letter", "mail_octets", "mail_attempt");

  /// So many names stand in one statement.
  private static final int NAMES_MAX = 1_000;

  private Removal() {}

  /// The mails go first: whoever changes one of them at the same time was before, or finds it gone
  /// and adds nothing.
  ///
  /// @param which the condition on the mail, one parameter for each question mark
  /// @return how many mails
  static int mails(Transaction transaction, String which, List<Object> params) {
    var uids =
        transaction
            .jdbc()
            .sql("delete from mail where " + which + " returning uid")
            .params(params)
            .query((row, _) -> row.getString(1))
            .list();
    rows(transaction, ALL, uids);
    return uids.size();
  }

  /// The rows of mails in these tables.
  static void rows(Transaction transaction, List<String> tables, List<String> mailUids) {
    for (var from = 0; from < mailUids.size(); from += NAMES_MAX) {
      var names = mailUids.subList(from, Math.min(mailUids.size(), from + NAMES_MAX));
      var places = String.join(", ", Collections.nCopies(names.size(), "?"));
      for (var table : tables) {
        transaction
            .jdbc()
            .sql("delete from " + table + " where mail_uid in (" + places + ")")
            .params(names)
            .update();
      }
    }
  }
}
