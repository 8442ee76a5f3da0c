package io.postern.console.accounts;

import io.postern.console.platform.database.Transaction;
import io.postern.smtp.Secret;
import org.jspecify.annotations.Nullable;

/// Setting a password, whoever asks: judged by the rules, hashed outside any transaction, and then
/// everything that the old one had opened ends.
public final class Passwords {
  private final Accounts accounts;
  private final Sessions sessions;
  private final Links links;
  private final PasswordHashes hashes;
  private final PasswordRules rules;
  private final Throttle throttle;

  Passwords(
      Accounts accounts, Sessions sessions, Links links, PasswordHashes hashes, Throttle throttle) {
    this.accounts = accounts;
    this.sessions = sessions;
    this.links = links;
    this.hashes = hashes;
    this.rules = new PasswordRules();
    this.throttle = throttle;
  }

  /// @return a sentence that says what is wanted, or null when the password is good
  public @Nullable String refuse(Secret password, String email) {
    return rules.refuse(password, email);
  }

  /// A password ready to be stored. Takes about 100 ms: never call it inside a transaction, where
  /// every other writer would wait.
  public Hashed hash(Secret password) {
    return new Hashed(hashes.hash(password));
  }

  /// Sets the password: sessions and links of the account end, failed tries are forgiven, a pending
  /// account becomes active.
  ///
  /// @param keep the session that goes on, empty for none
  public void set(Transaction tx, Account account, Hashed password, String keep) {
    accounts.setPassword(tx, account.uid(), password.hash());
    sessions.endAll(tx, account.uid(), keep);
    links.revokeAll(tx, account.uid());
    throttle.forgiveAll(tx, account.tenantUid(), account.email());
  }

  /// An Argon2id hash.
  public record Hashed(String hash) {
    @Override
    public String toString() {
      return "***";
    }
  }
}
