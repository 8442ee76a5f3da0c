package io.postern.console.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.platform.database.Database.Dialect;
import io.postern.smtp.Mailbox;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// who goes first, whatever waits.
@ParameterizedClass
@EnumSource
final class PickingTest {
  private static final int BACKLOG = 100_000;

  /// So often PostgreSQL plans a statement for its values before it asks whether that is worth it.
  private static final int PLANNED_MAX = 5;

  private final Dialect dialect;
  @TempDir Path directory;
  private OutboxStand stand;

  PickingTest(Dialect dialect) {
    this.dialect = dialect;
  }

  @BeforeEach
  void open() {
    stand = OutboxStand.on(dialect, directory);
  }

  @AfterEach
  void close() {
    stand.close();
  }

  @Test
  void R734_a_reset_overtakes_a_backlog_of_a_hundred_thousand() {
    backlog("big", Priority.NORMAL, BACKLOG);
    var reset = enqueue(null, Priority.SECURITY);

    assertThat(stand.lease("one", OutboxWorker.BATCH).getFirst().uid()).isEqualTo(reset);
  }

  @Test
  void R734_the_only_mail_of_a_tenant_does_not_wait_for_the_ten_thousand_of_another() {
    backlog("big", Priority.NORMAL, 10_000);
    assertThat(stand.lease("before", OutboxWorker.BATCH)).hasSize(OutboxWorker.BATCH);
    var only = enqueue("small", Priority.NORMAL);

    assertThat(stand.lease("one", 2)).extracting(QueuedMail::uid).contains(only);
  }

  @Test
  void R734_tenants_take_turns_and_each_has_its_own_in_their_order() {
    var uids = new ArrayList<String>();
    for (var n = 0; n < 5; n++) {
      uids.add(enqueue("a", Priority.NORMAL));
    }
    enqueue("b", Priority.NORMAL);
    enqueue("b", Priority.NORMAL);
    enqueue(null, Priority.NORMAL);
    enqueue("b", Priority.NORMAL);

    var leased = stand.lease("one", 20);

    assertThat(tenants(leased)).isEqualTo("a b - a b a b a a");
    assertThat(leased.stream().filter(mail -> "a".equals(mail.tenantUid())))
        .extracting(QueuedMail::uid)
        .containsExactlyElementsOf(uids);
  }

  @Test
  void R734_tenants_take_turns_in_each_priority() {
    for (var priority : List.of(Priority.BULK, Priority.NORMAL, Priority.SECURITY)) {
      enqueue("a", priority);
      enqueue("a", priority);
      enqueue("b", priority);
    }

    assertThat(tenants(stand.lease("one", 20))).isEqualTo("a b a a b a a b a");
  }

  @Test
  void R734_a_mail_whose_next_try_is_due_stands_behind_no_backlog() {
    var retried = enqueue("small", Priority.NORMAL);
    stand.settle(stand.lease("first", 1).getFirst(), "first", later(Duration.ofSeconds(30)));
    backlog("big", Priority.NORMAL, 1_000);
    assertThat(stand.lease("before", 3)).extracting(QueuedMail::tenantUid).containsOnly("big");
    stand.clock.pass(Duration.ofSeconds(30));

    assertThat(stand.lease("one", 2)).extracting(QueuedMail::uid).contains(retried);
  }

  @Test
  void R734_what_is_tried_again_stands_beside_the_newer_mails_of_its_tenant_and_delays_nobody() {
    backlog("a", Priority.NORMAL, 50);
    var tried = stand.lease("first", 30);
    tried.forEach(mail -> stand.settle(mail, "first", later(Duration.ofSeconds(30))));
    var others = List.of(enqueue("b", Priority.NORMAL), enqueue("b", Priority.NORMAL));
    stand.clock.pass(Duration.ofSeconds(30));

    var leased = stand.lease("one", 6).stream().map(QueuedMail::uid).toList();

    assertThat(leased)
        .containsAll(others)
        .as("one of those that were due at the same moment")
        .containsAnyElementsOf(tried.stream().map(QueuedMail::uid).toList());
    assertThat(leased).as("a newer one").contains("a31");
  }

  @Test
  void what_was_given_back_or_waited_for_the_relay_is_the_first_of_its_tenant_again() {
    var first = enqueue("a", Priority.NORMAL);
    var second = enqueue("a", Priority.NORMAL);
    var third = enqueue("a", Priority.NORMAL);
    stand.lease("one", 1);
    stand.database.write(tx -> stand.parts.store().giveBack(tx, first, "one"));
    assertThat(stand.lease("two", 2)).extracting(QueuedMail::uid).containsExactly(first, second);

    stand.settle(stand.find(first), "two", parked());
    stand.settle(stand.find(second), "two", parked());
    stand.database.write(tx -> stand.parts.store().release(tx, stand.clock.instant()));

    assertThat(stand.lease("three", 3))
        .extracting(QueuedMail::uid)
        .containsExactly(first, second, third);
  }

  @Test
  void five_hundred_get_their_turn_at_once_and_the_next_one_at_the_next_time() {
    backlog("a", Priority.NORMAL, Picking.DUE_MAX + 1);
    sql("update mail set state = 'RETRY_WAIT', turn = null");

    assertThat(stand.lease("one", 1)).hasSize(1);
    assertThat(withoutTurn()).isEqualTo(1);
    assertThat(stand.lease("two", 1)).hasSize(1);
    assertThat(withoutTurn()).isZero();
  }

  @Test
  void security_mail_gets_its_turn_before_five_hundred_others() {
    backlog("a", Priority.NORMAL, Picking.DUE_MAX);
    var reset = enqueue("z", Priority.SECURITY);
    sql("update mail set state = 'RETRY_WAIT', turn = null");

    assertThat(stand.lease("one", 1)).extracting(QueuedMail::uid).containsExactly(reset);
    assertThat(withoutTurn()).isEqualTo(1);
  }

  @Test
  void R734_to_pick_reads_the_head_of_one_index_and_sorts_nothing() {
    backlog("big", Priority.NORMAL, 10_000);
    var explain = dialect == Dialect.SQLITE ? "explain query plan " : "explain ";
    List<String> plan =
        stand.database.write(tx -> {
          new Picking(stand.parts.store().rows(), dialect, "").readInOrder(tx);
          return tx.jdbc()
              .sql(explain + Picking.HEAD.formatted(OutboxWorker.BATCH, ""))
              .param(stand.clock.millis())
              .query((row, _) -> row.getString(dialect == Dialect.SQLITE ? 4 : 1))
              .list();
        });

    assertThat(String.join("\n", plan))
        .contains("mail_turn")
        .doesNotContainIgnoringCase("sort")
        .doesNotContainIgnoringCase("temp b-tree");
  }

  /// SQLite plans a statement once for as long as it is kept.
  @Test
  void R734_with_a_hundred_thousand_waiting_to_pick_is_not_planned_anew_each_time() {
    backlog("big", Priority.NORMAL, BACKLOG);
    sql("analyze");
    int planned =
        stand.database.write(tx -> {
          for (var n = 0; n < 5 * PLANNED_MAX; n++) {
            stand.parts.store().lease(tx, stand.clock.instant(), "one", Set.of(), 20);
          }
          return switch (dialect) {
            case SQLITE -> 0;
            case POSTGRESQL ->
                tx.jdbc()
                    .sql(
                        "select custom_plans from pg_prepared_statements where statement like 'update mail set waited_as%' and generic_plans > 0")
                    .query(Integer.class)
                    .single();
          };
        });
    assertThat(planned).isLessThanOrEqualTo(PLANNED_MAX);
  }

  @Test
  void where_digits_are_others_mail_is_picked_all_the_same() {
    var usual = Locale.getDefault();
    Locale.setDefault(Locale.of("fa", "IR"));
    try {
      assertThat("%d".formatted(1)).isNotEqualTo("1");
      var only = enqueue("a", Priority.NORMAL);
      var passed = enqueue("b", Priority.NORMAL);
      assertThat(stand.lease("one", 1)).extracting(QueuedMail::uid).containsExactly(only);
      assertThat(
              stand.database.<List<QueuedMail>>write(tx ->
                  stand.parts.store().lease(tx, stand.clock.instant(), "two", Set.of("c"), 1)))
          .extracting(QueuedMail::uid)
          .containsExactly(passed);
    } finally {
      Locale.setDefault(usual);
    }
  }

  /// Mails of a tenant as if it had enqueued them one after the other; of no value.
  private void backlog(String tenant, Priority priority, int mails) {
    var now = stand.clock.millis();
    stand.database.write(tx -> {
      tx.jdbc()
          .sql(
              """
              insert into mail (uid, kind, to_address, subject, message_id, state, priority, tenant_uid, digest, created_at, due_at, expires_at,
                attempts, unknown_attempts, maybe_duplicate, turn)
              with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < ?)
              select ? || n, 'TEST', 'someone@tenant.test', 'Backlog', 'id' || n, 'QUEUED', ?, ?, 'none', ?, ?, ?, 0, 0, 0, n from numbers
              """)
          .params(
              mails,
              tenant,
              priority.rank(),
              tenant,
              now,
              now,
              now + Duration.ofHours(1).toMillis())
          .update();
      return tx.jdbc()
          .sql(
              "insert into mail_letter (mail_uid, sealed_values) select uid, ? from mail where tenant_uid = ? and uid not in (select mail_uid from mail_letter)")
          .params(new byte[0], tenant)
          .update();
    });
  }

  private String enqueue(@Nullable String tenant, Priority priority) {
    stand.clock.pass(Duration.ofMillis(1));
    return stand.enqueue(
        new NewMail(
            "TEST",
            Mailbox.parse("ada@tenant.test"),
            "A test letter",
            Map.of("link", "https://console.test/a?token=s3cr3t"),
            priority,
            stand.in(Duration.ofHours(1)),
            tenant,
            null));
  }

  private Settlement later(Duration wait) {
    return new Settlement(
        MailState.RETRY_WAIT, stand.clock.instant(), stand.in(wait), false, null, "Busy.");
  }

  private Settlement parked() {
    var now = stand.clock.instant();
    return new Settlement(MailState.PARKED, now, now, false, null, "The relay is away.");
  }

  private static String tenants(List<QueuedMail> mails) {
    return mails.stream()
        .map(mail -> mail.tenantUid() == null ? "-" : mail.tenantUid())
        .collect(Collectors.joining(" "));
  }

  private int withoutTurn() {
    return stand.database.read(tx ->
        tx.jdbc()
            .sql("select count(*) from mail where turn is null")
            .query(Integer.class)
            .single());
  }

  private void sql(String statement) {
    stand.database.write(tx -> tx.jdbc().sql(statement).update());
  }
}
