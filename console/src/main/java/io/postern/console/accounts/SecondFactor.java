package io.postern.console.accounts;

import io.postern.console.audit.Audit;
import io.postern.console.platform.database.Transaction;
import io.postern.console.platform.web.Actor;
import io.postern.console.platform.web.PageSignIn;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Passkeys and recovery codes where a factor is asked for: alone, after the password, and again
/// before what matters. What was right is audited here; sessions are opened by
/// [SessionSignIn].
final class SecondFactor {
  private static final String NO_CODE =
      "This is none of your recovery codes that are left. Each works once.";
  private static final String TOO_MANY =
      "Too many recovery codes were tried for this account. Use a passkey, or wait an hour.";

  private final AccountParts parts;
  private final PasskeyJudge judge;
  private final RecoveryCodes codes;
  private final AccountNotices notices;

  SecondFactor(
      AccountParts parts, PasskeyJudge judge, RecoveryCodes codes, AccountNotices notices) {
    this.parts = parts;
    this.judge = judge;
    this.codes = codes;
    this.notices = notices;
  }

  /// How a factor was judged.
  sealed interface Judgment {
    /// @param codesLeft how many recovery codes are left when one was used, else -1
    record Right(Account account, int codesLeft) implements Judgment {}

    record Wrong(String sentence) implements Judgment {}
  }

  /// Whether the account signs in with more than its password.
  boolean isOn(String accountUid) {
    return parts.database().read(tx -> parts.accounts().hasPasskey(tx, accountUid));
  }

  /// A passkey without a password: it says itself whose it is.
  Judgment alone(String passkey, String bound, String address) {
    var question = new Challenges.Question(Challenges.Purpose.SIGN_IN, bound);
    return judge(passkey, question, null, new Visit("Signed in with", address));
  }

  /// After the right password.
  Judgment second(Account account, PageSignIn.Given given, String bound, String address) {
    if (!given.code().isEmpty()) {
      return redeem(account, given.code(), new Visit("Signed in with the password and", address));
    }
    var question = new Challenges.Question(Challenges.Purpose.SECOND_FACTOR, bound);
    return judge(
        given.passkey(),
        question,
        account.uid(),
        new Visit("Signed in with the password and", address));
  }

  /// Again, by somebody who is signed in.
  Judgment again(Actor actor, PageSignIn.Given given, String sessionUid) {
    if (!given.code().isEmpty()) {
      var account = parts.database().read(tx -> parts.accounts().find(tx, actor.uid()));
      return account == null
          ? new Judgment.Wrong(NO_CODE)
          : redeem(account, given.code(), new Visit("Confirmed with", actor.address()));
    }
    if (given.passkey().isEmpty()) {
      return new Judgment.Wrong(
          "Use a passkey or a recovery code; the password alone is not enough here.");
    }
    var question = new Challenges.Question(Challenges.Purpose.STEP_UP, sessionUid);
    return judge(
        given.passkey(), question, actor.uid(), new Visit("Confirmed with", actor.address()));
  }

  /// How the audit log tells of it: what was done with the factor, and from where.
  private record Visit(String verb, String address) {}

  private Judgment judge(
      String passkey, Challenges.Question question, @Nullable String accountUid, Visit visit) {
    PasskeyJudge.Use use =
        (tx, account, used) ->
            accept(tx, account, visit, "the passkey \"%s\"".formatted(used.name()));
    return switch (judge.judge(passkey, question, accountUid, visit.address(), use)) {
      case PasskeyJudge.Judgment.Wrong(var sentence) -> new Judgment.Wrong(sentence);
      case PasskeyJudge.Judgment.Right(var account) -> new Judgment.Right(account, -1);
    };
  }

  private Judgment redeem(Account account, String code, Visit visit) {
    RecoveryCodes.Use use =
        (tx, left) -> {
          accept(tx, account, visit, "a recovery code; %d are left".formatted(left));
          notices.tell(tx, account, "A recovery code was used; %d are left".formatted(left));
        };
    return switch (codes.redeem(account.uid(), code, use)) {
      case RecoveryCodes.Redemption.TooOften _ -> new Judgment.Wrong(TOO_MANY);
      case RecoveryCodes.Redemption.Wrong _ -> {
        parts.database().write(tx -> refuse(tx, account, visit.address()));
        yield new Judgment.Wrong(NO_CODE);
      }
      case RecoveryCodes.Redemption.Good(var left) -> new Judgment.Right(account, left);
    };
  }

  private void accept(Transaction tx, Account account, Visit visit, String factor) {
    parts.accounts().markSignedIn(tx, account.uid());
    record(tx, account, visit.address(), Audit.Action.SIGN_IN, visit.verb() + " " + factor);
  }

  private String refuse(Transaction tx, Account account, String address) {
    var sentence = "A sign-in with a wrong recovery code was refused";
    return record(tx, account, address, Audit.Action.SIGN_IN_FAILED, sentence);
  }

  private String record(
      Transaction tx, Account account, String address, Audit.Action action, String sentence) {
    var actor = SignIn.actor(account, address, Instant.EPOCH);
    return parts.audit().record(tx, actor, action, SignIn.object(account), sentence);
  }
}
