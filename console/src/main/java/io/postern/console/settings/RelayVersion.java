package io.postern.console.settings;

import io.postern.smtp.Secret;
import io.postern.smtp.session.Credentials;
import io.postern.smtp.session.Patience;
import io.postern.smtp.session.Relay;
import io.postern.smtp.tls.Trust;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A saved configuration; its values never change, they are only followed by the next.
///
/// @param password how it stands with the password
/// @param validated whether a check found valid what it tries, before it was saved or since
public record RelayVersion(
    long number,
    RelayDraft values,
    Password password,
    boolean validated,
    Instant savedAt,
    String savedBy) {

  /// The stored password.
  public sealed interface Password {
    /// None is needed or none was given.
    record None() implements Password {}

    /// Present and readable.
    record Known(Secret secret, Instant setAt, String setBy) implements Password {}

    /// Stored, but not readable with this key or for this destination: it has to be entered again.
    record Lost(Instant setAt, String setBy) implements Password {}
  }

  /// The relay as the engine takes it.
  public Relay relay() {
    return new Relay(
        values.host(),
        values.port(),
        values.security(),
        trust(),
        credentials(),
        values.ehloName(),
        Patience.ofDelivery());
  }

  /// The next version. What was proved of the one before stays proved over changes that it does not
  /// depend on.
  RelayVersion after(@Nullable RelayVersion before) {
    return before == null
        ? this
        : new RelayVersion(
            before.number + 1,
            values,
            password,
            validated || (before.validated && before.isProvedBy(values, secret())),
            savedAt,
            savedBy);
  }

  /// Whether a check that tried these values proves this version.
  boolean isProvedBy(RelayDraft tried, Secret secret) {
    return Tested.of(values).equals(Tested.of(tried)) && secret().equals(secret);
  }

  /// What a sign-in would use, empty when there is none.
  private Secret secret() {
    return password instanceof Password.Known(var secret, _, _) ? secret : Secret.of("");
  }

  public Trust trust() {
    return new Trust(values.authorities(), values.skipVerify());
  }

  /// Whether this version signs in or sends elsewhere than the other: what a password is bound to
  /// differs.
  public boolean goesElsewhereThan(RelayVersion other) {
    return !RelaySettings.sameDestination(values, other.values);
  }

  /// Whether mail can go out with it: a password that is needed can be read.
  public boolean isUsable() {
    return values.isAnonymous() || password instanceof Password.Known;
  }

  private @Nullable Credentials credentials() {
    return !values.isAnonymous() && password instanceof Password.Known(var secret, _, _)
        ? new Credentials.Password(values.username(), secret, values.mechanism())
        : null;
  }
}
