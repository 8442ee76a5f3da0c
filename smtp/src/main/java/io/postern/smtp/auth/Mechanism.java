package io.postern.smtp.auth;

import org.jspecify.annotations.Nullable;

/// One sign-in with one SASL mechanism (RFC 4422, RFC 4954). Stateful: made for one exchange.
public interface Mechanism {
  /// The name on the wire, such as `PLAIN`.
  String name();

  /// The initial response, absent for mechanisms in which the server speaks first.
  byte @Nullable [] initialResponse();

  /// The answer to a challenge.
  ///
  /// @throws SaslException when the challenge is none, or the server did not prove itself
  byte[] answer(byte[] challenge) throws SaslException;

  /// Whether all that the mechanism demands of the server has been seen; a 235 before that is worth
  /// nothing.
  default boolean isServerProven() {
    return true;
  }

  /// Whether the secret can be read from what is sent, so that only protected connections may carry
  /// it.
  boolean revealsSecret();
}
