package io.postern.console.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.platform.database.Database.Dialect;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// A letter whose words do not open is neither sent without them nor given up.
@ParameterizedClass
@EnumSource
final class UnreadableLetterTest extends EachDatabase {
  UnreadableLetterTest(Dialect dialect) {
    super(dialect);
  }

  @Test
  void a_letter_whose_values_do_not_open_waits_and_says_why_and_delays_nobody() {
    var uid = stand.enqueue("ada@tenant.test");
    stand.enqueue("bob@tenant.test");
    var kept = change("mail_letter", "sealed_values", uid);

    work.work();

    assertThat(work.sink.recipients()).containsExactly("bob@tenant.test");
    assertThat(stand.state(uid)).isEqualTo(MailState.RETRY_WAIT);
    assertThat(stand.find(uid).reason())
        .isEqualTo(
            "What mail "
                + uid
                + " says cannot be opened: it was changed in the database, or its key is not in the key file of this process. Put the key file back, or cancel the mail and send a new one.");

    put("mail_letter", "sealed_values", uid, kept);
    work.workFor(Duration.ofMinutes(16), Duration.ofMinutes(1));

    assertThat(work.sink.recipients()).containsExactly("bob@tenant.test", "ada@tenant.test");
    assertThat(work.sink.taken().getLast().text()).contains("https://console.test/a?token=s3cr3t");
  }

  @Test
  void R712_a_mail_whose_frozen_octets_do_not_open_is_not_sent_with_others() {
    work.sink.answer(".", "451 4.3.0 Later");
    var uid = stand.enqueue("ada@tenant.test");
    work.work();
    var kept = change("mail_octets", "content", uid);
    work.sink.answerAsUsual();
    work.workFor(Duration.ofMinutes(2), Duration.ofMinutes(1));

    assertThat(work.sink.taken()).isEmpty();
    assertThat(stand.find(uid).reason()).contains("cannot be opened");

    put("mail_octets", "content", uid, kept);
    work.workFor(Duration.ofMinutes(16), Duration.ofMinutes(1));

    assertThat(work.sink.recipients()).containsExactly("ada@tenant.test");
  }

  /// Changes the last octet.
  ///
  /// @return what stood there
  private byte[] change(String table, String column, String uid) {
    byte[] kept =
        stand.database.read(tx ->
            tx.jdbc()
                .sql("select " + column + " from " + table + " where mail_uid = ?")
                .param(uid)
                .query((row, _) -> row.getBytes(1))
                .single());
    var changed = kept.clone();
    changed[changed.length - 1] ^= 1;
    put(table, column, uid, changed);
    return kept;
  }

  private void put(String table, String column, String uid, byte[] octets) {
    int rows =
        stand.database.write(tx ->
            tx.jdbc()
                .sql("update " + table + " set " + column + " = ? where mail_uid = ?")
                .params(octets, uid)
                .update());
    assertThat(rows).isEqualTo(1);
  }
}
