package io.postern.console.accounts;

import io.postern.console.audit.Audit;
import io.postern.console.platform.database.Transaction;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Judges what a passkey signed: whose it is, that it answers this question, at this origin, once,
/// with its owner verified and its counter ahead. Guessing a signature is hopeless, so
/// nothing is throttled here, and nobody is locked out.
final class PasskeyJudge {
  private static final String UNKNOWN =
      "This passkey is not known here; it may have been removed. Use another one, or your password.";
  private static final String STALE =
      "The passkey answered a question that is too old or was answered before. Try again.";
  private static final String COPIED =
      "This passkey's counter went back, so there may be a copy of it. It was refused; use another one and remove this.";
  private static final String BAD =
      "The passkey's answer could not be verified, so it opens nothing. Try again, or use another one.";

  private final AccountParts parts;
  private final Passkeys passkeys;
  private final Challenges challenges;
  private final PasskeyQuestions questions;
  private final AccountNotices notices;

  PasskeyJudge(
      AccountParts parts,
      Passkeys passkeys,
      Challenges challenges,
      PasskeyQuestions questions,
      AccountNotices notices) {
    this.parts = parts;
    this.passkeys = passkeys;
    this.challenges = challenges;
    this.questions = questions;
    this.notices = notices;
  }

  /// The judgment.
  sealed interface Judgment {
    record Right(Account account) implements Judgment {}

    record Wrong(String sentence) implements Judgment {}
  }

  /// What the caller writes in the transaction in which a passkey is used.
  @FunctionalInterface
  interface Use {
    void used(Transaction tx, Account account, Passkey passkey);
  }

  /// @param json what the browser sent
  /// @param accountUid whose it must be; absent when it is to say so itself
  /// @param address the client's address, for the audit log
  Judgment judge(
      String json,
      Challenges.Question question,
      @Nullable String accountUid,
      String address,
      Use use) {
    var assertion = Ceremony.readAssertion(json);
    if (assertion == null) {
      return new Judgment.Wrong(BAD);
    }
    var found = parts.database().read(tx -> find(tx, assertion.credentialId()));
    if (found == null || !isOwners(found, assertion.userHandle(), accountUid)) {
      return new Judgment.Wrong(UNKNOWN);
    }
    if (!challenges.isGood(assertion.challenge(), question)) {
      return new Judgment.Wrong(STALE);
    }
    var proof = Ceremony.verify(assertion, questions.party(), found.known().credential());
    return parts
        .database()
        .write(tx ->
            switch (proof) {
              case Ceremony.Proof.Good good -> accept(tx, found, assertion.challenge(), good, use);
              case Ceremony.Proof.Bad _ -> bad(tx, found, address);
              case Ceremony.Proof.Copied _ -> copied(tx, found, address);
            });
  }

  private record Found(Account account, Passkey.Known known) {}

  private @Nullable Found find(Transaction tx, String credentialId) {
    var known = passkeys.findByCredential(tx, credentialId);
    var account = known == null ? null : parts.accounts().find(tx, known.passkey().accountUid());
    return known == null || account == null || account.state() != Account.State.ACTIVE
        ? null
        : new Found(account, known);
  }

  /// An authenticator that was asked for this account's passkeys may leave the handle out.
  private static boolean isOwners(Found found, String handle, @Nullable String accountUid) {
    var uid = found.account().uid();
    return accountUid == null
        ? handle.equals(uid)
        : accountUid.equals(uid) && (handle.isEmpty() || handle.equals(uid));
  }

  private Judgment accept(
      Transaction tx, Found found, byte[] challenge, Ceremony.Proof.Good proof, Use use) {
    if (!challenges.spend(tx, challenge)
        || !passkeys.used(tx, found.known(), proof.signCount(), proof.isBackedUp())) {
      return new Judgment.Wrong(STALE);
    }
    use.used(tx, found.account(), found.known().passkey());
    return new Judgment.Right(found.account());
  }

  private Judgment bad(Transaction tx, Found found, String address) {
    var sentence = "A sign-in with the passkey \"%s\" could not be verified";
    refused(tx, found, address, sentence);
    return new Judgment.Wrong(BAD);
  }

  private Judgment copied(Transaction tx, Found found, String address) {
    refused(tx, found, address, "The counter of the passkey \"%s\" went back; it may be copied");
    notices.tell(
        tx,
        found.account(),
        "The passkey \"%s\" was refused: its counter went back, so it may be copied"
            .formatted(found.known().passkey().name()));
    return new Judgment.Wrong(COPIED);
  }

  private void refused(Transaction tx, Found found, String address, String sentence) {
    parts
        .audit()
        .record(
            tx,
            SignIn.actor(found.account(), address, Instant.EPOCH),
            Audit.Action.SIGN_IN_FAILED,
            SignIn.object(found.account()),
            sentence.formatted(found.known().passkey().name()));
  }
}
