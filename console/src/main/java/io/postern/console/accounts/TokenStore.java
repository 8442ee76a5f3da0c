package io.postern.console.accounts;

import io.postern.console.platform.database.Transaction;

/// Tokens of the API, which are given for a password and end like sessions. The API room, which
/// keeps them, implements it.
public interface TokenStore {
  /// Ends all tokens of the account. Its keys go on.
  void endAll(Transaction tx, String accountUid);
}
