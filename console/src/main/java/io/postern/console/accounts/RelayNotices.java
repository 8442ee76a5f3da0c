package io.postern.console.accounts;

import io.postern.console.audit.Audit;
import io.postern.console.letters.RelayChange;
import io.postern.console.letters.RelayChange.Through;
import io.postern.console.outbox.FormerRelay;
import io.postern.console.outbox.NewMail;
import io.postern.console.outbox.OutboxFullException;
import io.postern.console.platform.database.DatabaseException;
import io.postern.console.platform.database.Transaction;
import io.postern.console.platform.web.Actor;
import io.postern.console.settings.Differences;
import io.postern.console.settings.RelayChanged;
import io.postern.console.settings.RelaySettings;
import io.postern.console.settings.RelayVersion;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;

/// Tells every administrator with a verified address that the mail server was changed, by
/// letters that are queued with the change and go through the new one. Whoever took the instance
/// over may have entered a server of their own, so the former one, too, gets a letter for each,
/// when it is another: at once, past the outbox.
final class RelayNotices implements AutoCloseable {
  /// Root administrators first; a console has a handful.
  static final int READERS_MAX = 100;

  /// Changes that are told within [#PERIOD]: whoever saves again and again has been told of.
  static final int CHANGES_MAX = 10;

  static final Duration PERIOD = Duration.ofHours(1);
  private static final Logger LOG = LoggerFactory.getLogger(RelayNotices.class);

  private final AccountParts parts;
  private final RelaySettings relay;
  private final FormerRelay former;

  /// One after the other: what was in force first hears first.
  private final ExecutorService afterwards =
      Executors.newSingleThreadExecutor(Thread.ofVirtual().name("former-relay").factory());

  RelayNotices(AccountParts parts, RelaySettings relay, FormerRelay former) {
    this.parts = parts;
    this.relay = relay;
    this.former = former;
  }

  /// Within the transaction that saves: the letters through the new server exist exactly when the
  /// version does.
  @EventListener
  @Order(Ordered.HIGHEST_PRECEDENCE) // before the outbox forgets how it stood with the former one
  public void relayChanged(RelayChanged change) {
    var tx = change.transaction();
    var before = relay.find(tx, change.number() - 1);
    var after = relay.find(tx, change.number());
    if (before == null || after == null || Differences.between(before, after).isEmpty()) {
      return;
    }
    var readers = readers(tx);
    if (readers.isEmpty() || !parts.throttle().take(tx, "relay-notice", CHANGES_MAX, PERIOD)) {
      return;
    }
    var facts = new RelayChange(after.savedBy(), after.savedAt(), words(before), words(after));
    var isTwice = before.isUsable() && after.goesElsewhereThan(before) && !former.isHeldBack(tx);
    queue(tx, letters(readers, facts, isTwice ? Through.NEW : Through.ALONE));
    if (isTwice) {
      var copies = letters(readers, facts, Through.FORMER);
      tx.afterCommit(() -> afterwards.execute(() -> hand(before, change.number(), copies)));
    }
  }

  /// What is on its way to a former server is given up: the letters in the outbox say the same.
  @Override
  public void close() {
    afterwards.shutdownNow();
  }

  private List<Account> readers(Transaction tx) {
    return parts.accounts().list(tx, null).stream()
        .filter(account -> account.state() == Account.State.ACTIVE && account.isEmailVerified())
        .sorted(Comparator.comparing(Account::role))
        .limit(READERS_MAX)
        .toList();
  }

  private List<NewMail> letters(List<Account> readers, RelayChange facts, Through through) {
    return readers.stream()
        .map(account -> {
          var to = AddressLetters.addressee(account, account.email());
          return parts.letters().relayChanged(to, facts, through);
        })
        .toList();
  }

  /// The change itself must not fail for its notice.
  private void queue(Transaction tx, List<NewMail> letters) {
    try {
      letters.forEach(letter -> parts.outbox().enqueue(tx, letter));
    } catch (OutboxFullException e) {
      LOG.warn("A notice about the mail server was not queued: {}", e.getMessage());
    }
  }

  private void hand(RelayVersion before, long number, List<NewMail> letters) {
    var answer = former.send(before, letters);
    var sentence = sentence(answer, number);
    try {
      parts
          .database()
          .write(tx ->
              parts
                  .audit()
                  .record(
                      tx,
                      Actor.system(parts.clock().instant()),
                      Audit.Action.ACTIVITY,
                      new Audit.Object(
                          "smtp", String.valueOf(before.number()), before.values().host().ascii()),
                      sentence));
    } catch (DatabaseException | DataAccessException e) {
      LOG.warn("{}; the audit log could not be written: {}", sentence, e.getMessage());
    }
  }

  private static String sentence(FormerRelay.Answer answer, long number) {
    var failure = answer.failure();
    if (answer.accepted() == 0 && failure != null) {
      return "No administrator could be told of version %d through the former mail server: %s"
          .formatted(number, failure);
    }
    return "Told %s of version %d through the former mail server%s"
        .formatted(
            answer.accepted() == 1 ? "1 administrator" : answer.accepted() + " administrators",
            number,
            failure == null ? "" : ", not all: " + failure);
  }

  private static String words(RelayVersion version) {
    var values = version.values();
    return "%s, port %d, as %s".formatted(values.host().ascii(), values.port(), values.from());
  }
}
