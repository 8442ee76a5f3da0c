package io.postern.console.accounts;

import io.postern.console.audit.Audit;
import io.postern.console.platform.web.Actor;

/// *End all sessions* of another account (ASVS 7.4.5): for a lost laptop, or when somebody seems to
/// sit at another's console. Passwords, passkeys and API keys stay.
public final class SignOuts {
  private final SystemParts parts;
  private final SystemAccounts accounts;
  private final Sessions sessions;
  private final TokenStore tokens;

  SignOuts(SystemParts parts, SystemAccounts accounts, Sessions sessions, TokenStore tokens) {
    this.parts = parts;
    this.accounts = accounts;
    this.sessions = sessions;
    this.tokens = tokens;
  }

  /// Ends every session and every API token of a system account. One's own are ended in *My
  /// Account*.
  public AccountChange endAll(Actor actor, String uid) {
    return parts
        .database()
        .write(tx -> {
          var account = accounts.systemAccount(tx, uid);
          if (account == null) {
            return new AccountChange.NotFound();
          }
          var refused = accounts.outOfReach(tx, actor, account, "end the sessions of");
          if (refused != null) {
            return refused;
          }
          if (account.uid().equals(actor.uid())) {
            return new AccountChange.Refused(
                AccountChange.Obstacle.OWN_ACCOUNT,
                "This is your own account. My Account, Sessions ends the others of yours.");
          }
          sessions.endAll(tx, uid, "");
          tokens.endAll(tx, uid);
          var auditUid =
              parts
                  .audit()
                  .record(
                      tx,
                      actor,
                      Audit.Action.SIGN_OUT,
                      SignIn.object(account),
                      "Ended every session and API token of the account");
          return new AccountChange.Done(account, auditUid);
        });
  }
}
