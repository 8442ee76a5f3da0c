package io.postern.console.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.Eventually;
import io.postern.console.platform.database.Database.Dialect;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// The workers of a process on their own threads.
@ParameterizedClass
@EnumSource
final class LoopTest {
  private final Dialect dialect;
  @TempDir Path directory;
  private WorkerStand work;
  private OutboxStand stand;

  LoopTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @BeforeEach
  void open() {
    work = WorkerStand.on(dialect, directory);
    stand = work.stand;
    work.signIn("", "");
    work.loop.start();
  }

  @AfterEach
  void close() {
    work.loop.stop();
    work.close();
  }

  @Test
  void enqueued_mail_goes_out_at_once_over_several_lanes_and_never_twice() {
    for (var i = 0; i < 60; i++) {
      stand.enqueue("user" + i + "@tenant.test");
    }

    awaitTaken(60);
    assertThat(work.sink.recipients()).doesNotHaveDuplicates();
  }

  @Test
  void a_database_that_is_away_for_a_while_does_not_end_the_loop() {
    sql("alter table mail rename to mail_away");
    assertThat(work.worker.round()).isFalse();
    sql("alter table mail_away rename to mail");
    stand.enqueue("ada@tenant.test");

    awaitTaken(1);
  }

  @Test
  void R738_stopping_waits_for_the_mail_on_the_wire_and_leaves_no_lease() throws Exception {
    work.sink.hold();
    for (var i = 0; i < 50; i++) {
      stand.enqueue("user" + i + "@tenant.test");
    }
    awaitTaken(1);

    var stopping = Thread.ofVirtual().start(work.loop::stop);
    Eventually.until(() -> !work.loop.isRunning());
    work.sink.release();
    stopping.join();

    assertThat(stand.mails.counts()).containsOnlyKeys(MailState.QUEUED, MailState.DELIVERED);
    assertThat(stand.mails.counts().get(MailState.DELIVERED))
        .isEqualTo((long) work.sink.taken().size());
  }

  private void awaitTaken(int count) {
    Eventually.until(() -> work.sink.taken().size() >= count);
  }

  private void sql(String statement) {
    stand.database.write(tx -> tx.jdbc().sql(statement).update());
  }
}
