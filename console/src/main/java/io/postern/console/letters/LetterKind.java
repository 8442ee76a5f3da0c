package io.postern.console.letters;

import java.time.Duration;
import java.util.Locale;

/// The letters that Postern writes. The name is what the outbox keeps as the kind of a mail.
public enum LetterKind {
  INVITATION("Tenant invitation", "to the administrator of a new tenant", Duration.ofDays(3)),
  SYSTEM_ACTIVATION(
      "Account activation", "to the owner of a new system account", Duration.ofDays(3)),
  PASSWORD_RESET("Password reset", "to whoever forgot a password", Duration.ofMinutes(30)),
  ADDRESS_VERIFY("Address verification", "to the first address of an account", Duration.ofHours(1)),
  ADDRESS_CONFIRM("Address change: confirm", "to the new address", Duration.ofHours(1)),
  ADDRESS_NOTICE(
      "Address change: notice",
      "to the old address, when a change is requested",
      Duration.ofDays(7)),
  ADDRESS_CHANGED(
      "Address change: done",
      "to the old address, when the change is complete",
      Duration.ofHours(24)),
  ACCOUNT_NOTICE(
      "Account notice",
      "to the owner of an account, when its passkeys or recovery codes change",
      Duration.ZERO),
  RELAY_CHANGED(
      "Mail server changed",
      "to every administrator, through the former mail server and through the new one",
      Duration.ZERO),
  TEST("Test letter", "to an address that an operator names", Duration.ZERO),
  /// Subject and text come from the caller of the API.
  API("Mail of the platform", "to whomever the platform names", Duration.ZERO);

  private final String label;
  private final String goesTo;
  private final Duration linkLifetime;

  LetterKind(String label, String goesTo, Duration linkLifetime) {
    this.label = label;
    this.goesTo = goesTo;
    this.linkLifetime = linkLifetime;
  }

  public String label() {
    return label;
  }

  /// The word in addresses of pages, such as `password-reset`.
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /// How long what its link offers can be had; zero when it has none.
  public Duration linkLifetime() {
    return linkLifetime;
  }

  /// To whom it goes, as the rest of a sentence.
  public String goesTo() {
    return goesTo;
  }
}
