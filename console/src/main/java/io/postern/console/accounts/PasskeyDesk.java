package io.postern.console.accounts;

import io.postern.console.audit.Audit;
import io.postern.console.platform.database.Transaction;
import io.postern.console.platform.web.Actor;
import io.postern.console.settings.InstanceSettings;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What owners do with their passkeys and recovery codes. Each change is audited, and told by
/// letter.
final class PasskeyDesk {
  private final AccountParts parts;
  private final Keeping keeping;
  private final PasskeyQuestions questions;
  private final InstanceSettings instance;
  private final AccountNotices notices;

  PasskeyDesk(
      AccountParts parts,
      Keeping keeping,
      PasskeyQuestions questions,
      InstanceSettings instance,
      AccountNotices notices) {
    this.parts = parts;
    this.keeping = keeping;
    this.questions = questions;
    this.instance = instance;
    this.notices = notices;
  }

  /// Where they are kept.
  record Keeping(Passkeys passkeys, RecoveryCodes codes, Challenges challenges) {}

  /// What the page shows.
  ///
  /// @param codesLeft recovery codes that were not used
  /// @param required whether the instance demands a passkey
  record View(List<Passkey> passkeys, int codesLeft, RelyingParty party, boolean required) {
    boolean isLast() {
      return passkeys.size() == 1;
    }
  }

  /// What came of a change.
  sealed interface Outcome {
    /// @param isFirst whether the account had no passkey before
    record Done(Passkey passkey, boolean isFirst) implements Outcome {}

    record Refused(String sentence) implements Outcome {}
  }

  View view(String accountUid) {
    var party = questions.party();
    var required = instance.isSecondFactorRequired();
    return parts
        .database()
        .read(tx ->
            new View(
                keeping.passkeys().list(tx, accountUid),
                keeping.codes().left(tx, accountUid),
                party,
                required));
  }

  @Nullable Passkey find(String accountUid, String uid) {
    return parts.database().read(tx -> keeping.passkeys().find(tx, accountUid, uid));
  }

  /// The account's credentials at the host of the base URL.
  List<String> credentialIds(String accountUid) {
    var host = questions.party().id();
    return parts.database().read(tx -> keeping.passkeys().credentialIds(tx, accountUid, host));
  }

  Map<String, Object> question(Actor actor, String sessionUid) {
    var account =
        Objects.requireNonNull(parts.database().read(tx -> parts.accounts().find(tx, actor.uid())));
    var question = new Challenges.Question(Challenges.Purpose.REGISTER, sessionUid);
    return questions.creation(account, question, credentialIds(actor.uid()));
  }

  /// Registers what the browser made. The first one ends every other session of the account: they
  /// were opened by the password alone.
  Outcome add(Actor actor, String name, String json, String sessionUid) {
    var creation = Ceremony.readCreation(json);
    var question = new Challenges.Question(Challenges.Purpose.REGISTER, sessionUid);
    if (creation == null || !keeping.challenges().isGood(creation.challenge(), question)) {
      return new Outcome.Refused(
          "The passkey answered a question that is too old, or none of ours. Add it again.");
    }
    var credential = Ceremony.verify(creation, questions.party());
    if (credential == null) {
      return new Outcome.Refused(
          "The passkey could not be verified. It must ask for a PIN, a finger or a face. Add it again, or another one.");
    }
    return parts
        .database()
        .write(tx ->
            keeping.challenges().spend(tx, creation.challenge())
                ? insert(tx, actor, name, credential, sessionUid)
                : new Outcome.Refused("This passkey was sent twice; once was enough."));
  }

  void rename(Actor actor, Passkey passkey, String name) {
    parts
        .database()
        .write(tx -> {
          keeping.passkeys().rename(tx, passkey, name);
          var sentence = "Renamed the passkey \"%s\" to \"%s\"".formatted(passkey.name(), name);
          return record(tx, actor, sentence);
        });
  }

  /// Removes one. With the last one the recovery codes end: they stand for a passkey.
  Outcome remove(Actor actor, Passkey passkey) {
    var required = instance.isSecondFactorRequired();
    return parts
        .database()
        .write(tx -> {
          lock(tx, actor.uid());
          var isLast = keeping.passkeys().list(tx, actor.uid()).size() == 1;
          if (isLast && required) {
            return new Outcome.Refused(
                "This instance demands a passkey, and this is your last one. Add another one first.");
          }
          keeping.passkeys().remove(tx, passkey);
          if (isLast) {
            keeping.codes().removeAll(tx, actor.uid());
          }
          record(tx, actor, "Removed the passkey \"%s\"".formatted(passkey.name()));
          tell(tx, actor, "The passkey \"%s\" was removed".formatted(passkey.name()));
          return new Outcome.Done(passkey, false);
        });
  }

  /// Makes new recovery codes; those before end.
  ///
  /// @return empty when the account has no passkey
  List<String> drawCodes(Actor actor) {
    var drawn = keeping.codes().draw();
    var made =
        parts
            .database()
            .write(tx -> {
              if (!parts.accounts().hasPasskey(tx, actor.uid())) {
                return false;
              }
              keeping.codes().replace(tx, actor.uid(), drawn);
              record(tx, actor, "Made new recovery codes; those before ended");
              tell(tx, actor, "New recovery codes were made; those before no longer work");
              return true;
            });
    return made ? drawn.shown() : List.of();
  }

  private Outcome insert(
      Transaction tx, Actor actor, String name, Passkey.Credential credential, String sessionUid) {
    lock(tx, actor.uid());
    var account = Objects.requireNonNull(parts.accounts().find(tx, actor.uid()));
    var before = keeping.passkeys().list(tx, account.uid()).size();
    if (before >= Passkeys.PASSKEYS_MAX) {
      return new Outcome.Refused(
          "An account has at most %d passkeys. Remove one first.".formatted(Passkeys.PASSKEYS_MAX));
    }
    var added = keeping.passkeys().add(tx, account, name, questions.party().id(), credential);
    if (added == null) {
      return new Outcome.Refused("This passkey is registered already.");
    }
    if (before == 0) {
      parts.sessions().endAll(tx, account.uid(), sessionUid);
    }
    record(tx, actor, "Added the passkey \"%s\"".formatted(name));
    notices.tell(tx, account, "The passkey \"%s\" was added".formatted(name));
    return new Outcome.Done(added, before == 0);
  }

  /// One change of an account's passkeys at a time: the row is locked, where the database locks
  /// rows.
  private static void lock(Transaction tx, String accountUid) {
    tx.jdbc().sql("update account set uid = uid where uid = ?").param(accountUid).update();
  }

  private void tell(Transaction tx, Actor actor, String event) {
    var account = parts.accounts().find(tx, actor.uid());
    if (account != null) {
      notices.tell(tx, account, event);
    }
  }

  private String record(Transaction tx, Actor actor, String sentence) {
    var object = new Audit.Object("account", actor.uid(), actor.email());
    return parts.audit().record(tx, actor, Audit.Action.UPDATE, object, sentence);
  }
}
