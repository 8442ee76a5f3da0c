package io.postern.console.settings;

import io.postern.console.audit.Audit;
import io.postern.console.platform.SealedColumn;
import io.postern.console.platform.database.Database;
import io.postern.console.platform.database.DatabaseException;
import io.postern.console.platform.database.Transaction;
import io.postern.console.platform.web.Actor;
import io.postern.smtp.Secret;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationEventPublisher;

/// The relay configuration in force, its history, and how the next one is saved.
public final class RelaySettings {
  private static final int HISTORY_MAX = 50;

  private static final String OTHER_DESTINATION =
      "A password is kept only for the server, port, security, trust, user name, sign-in mechanism, sender and Reply-To it was entered for. Enter it again for these.";

  private static final Logger LOG = LoggerFactory.getLogger(RelaySettings.class);

  private final Database database;
  private final RelayStore store;
  private final Audit audit;
  private final ApplicationEventPublisher events;
  private final InstantSource clock;

  RelaySettings(
      Database database,
      RelayStore store,
      Audit audit,
      ApplicationEventPublisher events,
      InstantSource clock) {
    this.database = database;
    this.store = store;
    this.audit = audit;
    this.events = events;
    this.clock = clock;
  }

  /// Where passwords are stored.
  public static SealedColumn sealed() {
    return RelayStore.sealed();
  }

  /// The newest version, or null while none was saved. Read from the database each time: another
  /// process may have saved.
  public @Nullable RelayVersion inForce() {
    return database.read(store::newest);
  }

  public @Nullable RelayVersion inForce(Transaction transaction) {
    return store.newest(transaction);
  }

  public List<RelayVersion> history() {
    return database.read(transaction -> store.history(transaction, HISTORY_MAX));
  }

  public @Nullable RelayVersion find(long number) {
    return database.read(transaction -> find(transaction, number));
  }

  public @Nullable RelayVersion find(Transaction transaction, long number) {
    return store.find(transaction, number);
  }

  /// The password that these values may use: a new one, or the stored one when the destination is
  /// the same; null when there is none.
  public @Nullable Secret secretFor(RelayDraft values, PasswordChange change) {
    return switch (change) {
      case PasswordChange.Set(var secret) -> secret;
      case PasswordChange.Delete _ -> null;
      case PasswordChange.Keep _ -> {
        var version = inForce();
        yield version != null
                && version.password() instanceof RelayVersion.Password.Known(var secret, _, _)
                && sameDestination(version.values(), values)
            ? secret
            : null;
      }
    };
  }

  /// Why the stored password cannot serve these values.
  ///
  /// @return a sentence for the operator, null when it can
  public @Nullable String whyNotKept(RelayDraft values) {
    return whyNotKept(values, inForce());
  }

  private static @Nullable String whyNotKept(RelayDraft values, @Nullable RelayVersion version) {
    return switch (version == null ? new RelayVersion.Password.None() : version.password()) {
      case RelayVersion.Password.None _ ->
          "There is a user name, but no password. Enter it, or empty Username for a relay without sign-in.";
      case RelayVersion.Password.Lost _ ->
          "The stored password cannot be read with this instance's key. Enter it again.";
      case RelayVersion.Password.Known _ ->
          version != null && sameDestination(version.values(), values) ? null : OTHER_DESTINATION;
    };
  }

  /// Saves a version, which is in force at once.
  ///
  /// @param expected the number of the version that the operator saw, 0 for none
  public Saving save(
      Actor actor, RelayDraft values, PasswordChange change, boolean validated, long expected) {
    try {
      return write(actor, values, change, validated, expected);
    } catch (DatabaseException e) {
      LOG.error("The SMTP settings could not be saved: {}", e.getMessage());
      return new Saving.NotWritten(e);
    }
  }

  private Saving write(
      Actor actor, RelayDraft values, PasswordChange change, boolean validated, long expected) {
    return database.write(transaction -> {
      var newest = store.newest(transaction);
      if (newest != null && newest.number() != expected) {
        return new Saving.Overtaken(newest);
      }
      var password = password(actor, values, change, newest);
      if (password == null) {
        return new Saving.PasswordNeeded(String.valueOf(whyNotKept(values, newest)));
      }
      var version =
          new RelayVersion(1, values, password, validated, clock.instant(), actor.email())
              .after(newest);
      store.insert(transaction, version);
      audit.record(
          transaction,
          actor,
          Audit.Action.UPDATE,
          new Audit.Object("smtp", String.valueOf(version.number()), values.host().ascii()),
          Differences.sentence(newest, version));
      events.publishEvent(new RelayChanged(transaction, version.number(), version.validated()));
      return new Saving.Saved(version.number(), version.validated());
    });
  }

  /// A check found these values valid. When they are what is in force, mail can go out.
  void proved(RelayDraft values, Secret secret) {
    database.write(transaction -> {
      var newest = store.newest(transaction);
      if (newest == null || !newest.isProvedBy(values, secret)) {
        return false;
      }
      events.publishEvent(new RelayProved(transaction));
      return store.markValidated(transaction, newest.number());
    });
  }

  /// @return null when the stored password cannot serve these values
  private RelayVersion.@Nullable Password password(
      Actor actor, RelayDraft values, PasswordChange change, @Nullable RelayVersion newest) {
    if (values.isAnonymous()) {
      return new RelayVersion.Password.None();
    }
    return switch (change) {
      case PasswordChange.Set(var secret) ->
          new RelayVersion.Password.Known(secret, clock.instant(), actor.email());
      case PasswordChange.Delete _ -> new RelayVersion.Password.None();
      case PasswordChange.Keep _ ->
          newest != null
                  && newest.password() instanceof RelayVersion.Password.Known known
                  && sameDestination(newest.values(), values)
              ? known
              : null;
    };
  }

  static boolean sameDestination(RelayDraft one, RelayDraft other) {
    return Arrays.equals(Destination.of(one), Destination.of(other));
  }
}
