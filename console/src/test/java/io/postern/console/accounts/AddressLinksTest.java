package io.postern.console.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.postern.console.outbox.MailState;
import io.postern.console.platform.database.Database;
import io.postern.smtp.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// links about addresses, at their limits and under many hands.
@ParameterizedClass
@EnumSource
@Timeout(120)
final class AddressLinksTest {
  private static final String OLD = "old@example.com";
  private static final String NEW = "new@example.com";
  private static final String CLIENT = "192.0.2.9";
  private static final int CALLERS = 100;

  private final Database.Dialect dialect;
  @TempDir Path directory;
  private AccountStand stand;
  private Account account;

  AddressLinksTest(Database.Dialect dialect) {
    this.dialect = dialect;
  }

  @BeforeEach
  void open() {
    stand = AccountStand.on(dialect, directory);
    account = stand.account(OLD);
  }

  @AfterEach
  void close() {
    stand.close();
  }

  @Test
  void R541_of_100_confirmations_at_once_one_succeeds() throws Exception {
    stand.request(account, NEW);
    var alive = confirmation();
    assertThat(atOnce(() -> isDone(stand.links.confirm(alive, CLIENT)))).isEqualTo(1);
    assertThat(stand.letters("ADDRESS_CHANGED", OLD)).hasSize(1);
  }

  @Test
  void R541_of_100_objections_at_once_one_succeeds() throws Exception {
    stand.request(account, NEW);
    var alive = notice();
    assertThat(atOnce(() -> isDone(stand.links.stop(alive, CLIENT)))).isEqualTo(1);
  }

  @Test
  void R541_of_100_verifications_at_once_one_succeeds() throws Exception {
    var fresh = stand.account(null, "fresh@example.com", false);
    stand.relay.save(25, "", "", true);
    stand.requests.verify(stand.actor(fresh));
    var alive = stand.alive(stand.letters("ADDRESS_VERIFY", "fresh@example.com").getFirst());
    assertThat(atOnce(() -> isDone(stand.links.verify(alive, CLIENT)))).isEqualTo(1);
    assertThat(stand.reread(fresh).isEmailVerified()).isTrue();
  }

  @Test
  void R541_of_100_resets_at_once_one_succeeds() throws Exception {
    stand.resets.ask(ResetLetters.Realm.SYSTEM, OLD, CLIENT);
    stand.resets.close();
    var alive = stand.alive(stand.letters("PASSWORD_RESET", OLD).getFirst());
    var links =
        new LinkPages.PasswordLinks(
            stand.database,
            stand.parts.accounts(),
            stand.parts.links(),
            stand.passwords,
            stand.parts.audit(),
            stand.handovers);
    var hash = stand.passwords.hash(Secret.of("four random words here"));
    assertThat(
            atOnce(() -> {
              try {
                links.redeem(alive, hash, CLIENT);
                return true;
              } catch (io.postern.console.platform.web.Refusal _) {
                // Somebody else was faster.
                return false;
              }
            }))
        .isEqualTo(1);
  }

  @Test
  void R548_of_changes_asked_for_at_once_one_waits_and_no_more_than_5_are_taken() throws Exception {
    var number = new AtomicInteger();
    assertThat(
            atOnce(() ->
                stand.request(account, "new%d@example.com".formatted(number.incrementAndGet()))
                    instanceof AddressRequests.Outcome.Done))
        .isEqualTo(AddressRequests.CHANGES_PER_HOUR_MAX);
    assertThat(stand.letters("ADDRESS_NOTICE", OLD)).hasSize(AddressRequests.CHANGES_PER_HOUR_MAX);
    var pending =
        stand.database.read(tx ->
            tx.jdbc()
                .sql("select count(*) from address_change where state = 'PENDING'")
                .query(Integer.class)
                .single());
    assertThat(pending).isEqualTo(1);
  }

  @Test
  void R540_a_token_opens_only_the_link_it_was_made_for() {
    stand.request(account, NEW);
    var confirm = confirmation().link();
    var cancel = notice().link();
    var token = confirm.url().substring(confirm.url().lastIndexOf('/') + 1);
    var found = stand.database.read(tx -> stand.parts.links().find(tx, cancel.uid(), token));
    assertThat(found).isInstanceOf(Links.Found.Dead.class);
    stand.database.write(tx ->
        tx.jdbc()
            .sql("update account_link set address = 'thief@example.com' where uid = ?")
            .param(confirm.uid())
            .update());
    assertThat(stand.open(stand.letters("ADDRESS_CONFIRM", NEW).getFirst()))
        .as("a row that was tampered with")
        .isInstanceOf(Links.Found.Dead.class);
  }

  @Test
  void R542_a_confirmation_works_until_the_60th_minute() {
    stand.request(account, NEW);
    stand.pass(Duration.ofMinutes(60).minusMillis(1));
    var alive = confirmation();
    stand.pass(Duration.ofMillis(1));
    assertThat(stand.open(stand.letters("ADDRESS_CONFIRM", NEW).getFirst()))
        .isInstanceOf(Links.Found.Dead.class);
    assertThat(isDone(stand.links.confirm(alive, CLIENT))).isFalse();
    assertThat(stand.reread(account).email()).isEqualTo(OLD);
  }

  @Test
  void R736_no_letter_outlives_its_link() {
    stand.request(account, NEW);
    assertThat(stand.letters("ADDRESS_CONFIRM", NEW).getFirst().expiresAt())
        .isEqualTo(stand.now().plus(Duration.ofMinutes(50)));
    assertThat(stand.letters("ADDRESS_NOTICE", OLD).getFirst().expiresAt())
        .isEqualTo(stand.now().plus(Duration.ofDays(7)).minus(Duration.ofMinutes(10)));
  }

  @Test
  void R548_a_change_is_undone_for_24_hours_with_all_sessions_and_not_after() {
    stand.request(account, NEW);
    stand.links.confirm(confirmation(), CLIENT);
    var changed = stand.letters("ADDRESS_CHANGED", OLD).getFirst();
    stand.pass(AddressChange.UNDO.minusMillis(1));
    var session =
        stand.database.write(
            tx -> stand.parts.sessions().open(tx, account.uid(), new Sessions.Client(CLIENT, "x")));
    assertThat(stand.links.stop(stand.alive(changed), CLIENT))
        .isEqualTo(new AddressLinks.Outcome.Done(OLD, true));
    assertThat(stand.reread(account).email()).isEqualTo(OLD);
    var signedIn = stand.database.read(tx -> stand.parts.sessions().find(tx, session) != null);
    assertThat(signedIn).isFalse();
  }

  @Test
  void R548_after_24_hours_the_old_address_is_told_who_can_help() {
    stand.request(account, NEW);
    stand.links.confirm(confirmation(), CLIENT);
    stand.pass(AddressChange.UNDO);
    var outcome = stand.links.stop(notice(), CLIENT);
    assertThat(outcome)
        .isInstanceOfSatisfying(
            AddressLinks.Outcome.Ended.class,
            ended -> assertThat(ended.sentence()).contains("24 hours", "account set-email"));
    assertThat(stand.reread(account).email()).isEqualTo(NEW);
  }

  @Test
  void R548_an_address_that_an_administrator_set_since_is_not_undone() {
    stand.request(account, NEW);
    stand.links.confirm(confirmation(), CLIENT);
    stand.database.write(
        tx -> stand.parts.accounts().setEmail(tx, stand.reread(account), "set@example.com", false));
    assertThat(isDone(stand.links.stop(notice(), CLIENT))).isFalse();
    assertThat(stand.reread(account).email()).isEqualTo("set@example.com");
  }

  @Test
  void R541_a_change_of_the_address_ends_the_links_of_the_old_one_but_those_that_undo_it() {
    stand.resets.ask(ResetLetters.Realm.SYSTEM, OLD, CLIENT);
    stand.resets.close();
    stand.request(account, NEW);
    stand.links.confirm(confirmation(), CLIENT);
    assertThat(stand.open(stand.letters("PASSWORD_RESET", OLD).getFirst()))
        .isInstanceOf(Links.Found.Dead.class);
    assertThat(stand.open(stand.letters("ADDRESS_NOTICE", OLD).getFirst()))
        .isInstanceOf(Links.Found.Alive.class);
  }

  @Test
  void an_address_that_another_account_has_is_neither_asked_for_nor_confirmed() {
    stand.account("other@example.com");
    assertThat(stand.request(account, "OTHER@example.com"))
        .isInstanceOfSatisfying(
            AddressRequests.Outcome.Refused.class,
            refused -> assertThat(refused.code()).isEqualTo("address-taken"));
    assertThat(stand.request(account, "OLD@example.com"))
        .isInstanceOfSatisfying(
            AddressRequests.Outcome.Refused.class,
            refused -> assertThat(refused.code()).isEqualTo("address-unchanged"));
    stand.request(account, NEW);
    stand.account(NEW);
    assertThat(isDone(stand.links.confirm(confirmation(), CLIENT))).isFalse();
    assertThat(stand.open(stand.letters("ADDRESS_CONFIRM", NEW).getFirst()))
        .as("the link is not used up by it")
        .isInstanceOf(Links.Found.Alive.class);
  }

  @Test
  void a_change_that_is_given_up_stops_the_letter_that_still_waits() {
    stand.request(account, NEW);
    stand.requests.withdraw(stand.actor(account));
    assertThat(stand.letters("ADDRESS_CONFIRM", NEW).getFirst().state())
        .isEqualTo(MailState.CANCELLED);
    assertThat(stand.letters("ADDRESS_NOTICE", OLD).getFirst().state())
        .as("the old address is told in any case")
        .isEqualTo(MailState.QUEUED);
    assertThat(confirmationEnded()).contains("was stopped; your address stays as it was.");
  }

  @Test
  void a_link_of_a_change_that_ended_says_whether_a_newer_letter_follows() {
    stand.request(account, NEW);
    stand.request(account, "newer@example.com");
    assertThat(confirmationEnded()).contains("replaced by a newer one");
    var later = stand.letters("ADDRESS_CONFIRM", "newer@example.com").getFirst();
    assertThat(isDone(stand.links.stop(notice(), CLIENT))).isTrue();
    assertThat(stand.open(later))
        .isEqualTo(new Links.Found.Dead("This change was stopped; your address stays as it was."));
  }

  @Test
  void a_password_change_ends_a_change_of_the_address_that_waits() {
    stand.request(account, NEW);
    var hash = stand.passwords.hash(Secret.of("four random words here"));
    stand.database.write(tx -> {
      stand.passwords.set(tx, account, hash, "");
      return true;
    });
    assertThat(confirmationEnded()).contains("password or the address of the account was changed");
  }

  @Test
  void R548_without_working_mail_nothing_is_begun() {
    var outcome =
        stand.requests.change(
            stand.actor(account), io.postern.smtp.Mailbox.parse(NEW), Secret.of("any"));
    assertThat(outcome)
        .isInstanceOfSatisfying(
            AddressRequests.Outcome.NoMail.class,
            none -> assertThat(none.trouble().sentence()).contains("No SMTP server is saved"));
    var unverified = stand.account(null, "fresh@example.com", false);
    assertThat(stand.requests.verify(stand.actor(unverified)))
        .isInstanceOf(AddressRequests.Outcome.NoMail.class);
    stand.relay.save(25, "", "", true);
    stand.database.write(tx ->
        tx.jdbc()
            .sql(
                "update outbox_control set failures = 1, summary = 'The relay hangs up.', open_until = ?")
            .param(stand.now().plus(Duration.ofMinutes(15)).toEpochMilli())
            .update());
    assertThat(stand.requests.verify(stand.actor(unverified)))
        .isInstanceOfSatisfying(
            AddressRequests.Outcome.NoMail.class,
            none -> assertThat(none.trouble().sentence()).contains("The relay hangs up."));

    // Nothing waits that could find the relay well again: the next letter is the one to try.
    stand.pass(Duration.ofMinutes(15));
    assertThat(stand.requests.verify(stand.actor(unverified)))
        .isInstanceOf(AddressRequests.Outcome.Done.class);
  }

  @Test
  void verification_letters_are_3_an_hour() {
    stand.relay.save(25, "", "", true);
    var fresh = stand.account(null, "fresh@example.com", false);
    for (var sent = 0; sent < AddressRequests.VERIFICATIONS_PER_HOUR_MAX; sent++) {
      assertThat(stand.requests.verify(stand.actor(fresh)))
          .isInstanceOf(AddressRequests.Outcome.Done.class);
    }
    assertThat(stand.requests.verify(stand.actor(fresh)))
        .isInstanceOf(AddressRequests.Outcome.Refused.class);
    stand.pass(Duration.ofHours(1));
    assertThat(stand.requests.verify(stand.actor(fresh)))
        .isInstanceOf(AddressRequests.Outcome.Done.class);
    assertThat(stand.open(stand.letters("ADDRESS_VERIFY", "fresh@example.com").getLast()))
        .as("the first of them")
        .isInstanceOf(Links.Found.Dead.class);
  }

  /// What the link to the new address says now that it works no longer.
  private String confirmationEnded() {
    var letter = stand.letters("ADDRESS_CONFIRM", NEW).getFirst();
    return ((Links.Found.Dead) stand.open(letter)).sentence();
  }

  private Links.Found.Alive confirmation() {
    return stand.alive(stand.letters("ADDRESS_CONFIRM", NEW).getFirst());
  }

  private Links.Found.Alive notice() {
    return stand.alive(stand.letters("ADDRESS_NOTICE", OLD).getFirst());
  }

  private static boolean isDone(AddressLinks.Outcome outcome) {
    return outcome instanceof AddressLinks.Outcome.Done;
  }

  /// @return how many of the callers succeeded
  private static long atOnce(Callable<Boolean> work) throws Exception {
    var start = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new ArrayList<Future<Boolean>>();
      for (var caller = 0; caller < CALLERS; caller++) {
        running.add(
            threads.submit(() -> {
              start.await();
              return work.call();
            }));
      }
      start.countDown();
      var successes = 0;
      for (var result : running) {
        successes += Objects.requireNonNull(result.get()) ? 1 : 0;
      }
      return successes;
    }
  }
}
