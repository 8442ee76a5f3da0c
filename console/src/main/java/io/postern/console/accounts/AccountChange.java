package io.postern.console.accounts;

/// What came of changing a system account.
public sealed interface AccountChange {
  /// @param account as it is now, or was last
  /// @param auditUid the entry in the audit log
  record Done(Account account, String auditUid) implements AccountChange {}

  /// Nothing changed.
  record Refused(Obstacle obstacle, String sentence) implements AccountChange {}

  record NotFound() implements AccountChange {}

  /// Why a system account is not changed.
  enum Obstacle {
    /// Only a root administrator reaches root accounts.
    ROOT_ONLY("root-only"),
    /// Nobody deletes or demotes themselves.
    OWN_ACCOUNT("own-account"),
    /// Without it nobody could do everything any more.
    LAST_ROOT("last-root"),
    ADDRESS_TAKEN("account-exists"),
    /// What was typed to confirm is not the account's address.
    ADDRESS_DIFFERS("confirmation-differs"),
    ROLE_UNCHANGED("role-unchanged");

    private final String code;

    Obstacle(String code) {
      this.code = code;
    }

    /// The word of the API and of the command line.
    public String code() {
      return code;
    }
  }
}
