package io.postern.console.letters;

import java.util.Locale;

/// The letters that Postern writes. The name is what the outbox keeps as the kind of a mail.
public enum LetterKind {
  INVITATION("Tenant invitation", "to the administrator of a new tenant"),
  SYSTEM_ACTIVATION("Account activation", "to the owner of a new system account"),
  PASSWORD_RESET("Password reset", "to whoever forgot a password"),
  ADDRESS_VERIFY("Address verification", "to the first address of an account"),
  ADDRESS_CONFIRM("Address change: confirm", "to the new address"),
  ADDRESS_NOTICE("Address change: notice", "to the old address, when a change is requested"),
  ADDRESS_CHANGED("Address change: done", "to the old address, when the change is complete"),
  ACCOUNT_NOTICE(
      "Account notice", "to the owner of an account, when its passkeys or recovery codes change"),
  TEST("Test letter", "to an address that an operator names"),
  /// Subject and text come from the caller of the API.
  API("Mail of the platform", "to whomever the platform names");

  private final String label;
  private final String goesTo;

  LetterKind(String label, String goesTo) {
    this.label = label;
    this.goesTo = goesTo;
  }

  public String label() {
    return label;
  }

  /// The word in addresses of pages, such as `password-reset`.
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// To whom it goes, as the rest of a sentence.
  public String goesTo() {
    return goesTo;
  }
}
