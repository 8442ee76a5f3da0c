package io.postern.smtp.session;

import io.postern.smtp.Secret;
import java.io.IOException;

/// Where a session gets its OAuth 2.0 access token from: [RenewedTokens] for delivery that goes on
/// for longer than a token lives, [#fixed] for one that is at hand.
public interface AccessTokens {
  /// The token to sign in with now.
  ///
  /// @throws TokenMissingException when there is none
  Secret current() throws IOException;

  /// Another token than the one that the server refused with 535, which may have been withdrawn
  /// before its end.
  ///
  /// @return the same when there is no other
  /// @throws TokenMissingException when one was asked for and none came
  Secret insteadOf(Secret refused) throws IOException;

  /// One token that nobody renews.
  static AccessTokens fixed(Secret token) {
    return new AccessTokens() {
      @Override
      public Secret current() {
        return token;
      }

      @Override
      public Secret insteadOf(Secret refused) {
        return token;
      }
    };
  }
}
