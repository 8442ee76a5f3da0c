package io.postern.console.accounts;

import io.postern.console.audit.Audit;
import io.postern.console.platform.database.Database;
import io.postern.console.platform.web.Actor;
import io.postern.smtp.Secret;
import java.util.Objects;

/// Changing one's own password, with the present one.
public final class OwnPassword {
  private final Database database;
  private final Accounts accounts;
  private final Passwords passwords;
  private final SignIn signIn;
  private final Audit audit;

  OwnPassword(
      Database database, Accounts accounts, Passwords passwords, SignIn signIn, Audit audit) {
    this.database = database;
    this.accounts = accounts;
    this.passwords = passwords;
    this.signIn = signIn;
    this.audit = audit;
  }

  /// What came of it.
  public sealed interface Outcome {
    record Done(String auditUid) implements Outcome {}

    /// The present password was not right, or was given too often.
    ///
    /// @param status 401 or 429
    record Refused(int status, String sentence) implements Outcome {}
  }

  /// Sets the new password; every other session, every API token and every link of the account end,
  /// and a change of the address that waits cannot be confirmed any more.
  ///
  /// @param fresh already found good by the rules
  /// @param keep the session that goes on, empty for none
  public Outcome change(Actor actor, Secret present, Secret fresh, String keep) {
    return switch (signIn.judgeAgain(actor, present)) {
      case SignIn.Judgment.Wrong(var status, var sentence, _) ->
          new Outcome.Refused(status, sentence);
      case SignIn.Judgment.Right _, SignIn.Judgment.Half _ ->
          new Outcome.Done(set(actor, passwords.hash(fresh), keep));
    };
  }

  private String set(Actor actor, Passwords.Hashed password, String keep) {
    return database.write(tx -> {
      var account = Objects.requireNonNull(accounts.find(tx, actor.uid()));
      passwords.set(tx, account, password, keep);
      return audit.record(
          tx,
          actor,
          Audit.Action.UPDATE,
          SignIn.object(account),
          "Changed the password; the other sessions ended");
    });
  }
}
