package io.postern.console.api;

/// The password is right and gives no token, because the account has, or must have, a passkey (PLAN
/// 3). It is answered as a problem with the model's word `IsMfa`.
final class SecondFactorNeededException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  SecondFactorNeededException(String sentence) {
    super(sentence, null, false, false);
  }
}
