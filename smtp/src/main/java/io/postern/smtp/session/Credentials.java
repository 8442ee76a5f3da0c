package io.postern.smtp.session;

import io.postern.smtp.PasswordMechanism;
import io.postern.smtp.Secret;
import org.jspecify.annotations.Nullable;

/// What a session signs in with. No credentials at all means an anonymous relay.
public sealed interface Credentials {
  String username();

  /// The password; empty where something else proves who signs in.
  Secret password();

  /// A user name and a password: SCRAM, PLAIN, LOGIN or CRAM-MD5, by what the server offers
  ///
  ///
  /// @param pinned the one mechanism to be used; absent: the strongest that is offered
  record Password(String username, Secret password, @Nullable PasswordMechanism pinned)
      implements Credentials {
    /// By the strongest mechanism that is offered.
    public Password(String username, Secret password) {
      this(username, password, null);
    }
  }

  /// A user name and OAuth 2.0 access tokens: OAUTHBEARER or XOAUTH2.
  record BearerToken(String username, AccessTokens tokens) implements Credentials {
    @Override
    public Secret password() {
      return Secret.of("");
    }
  }

  /// A client certificate or another identity outside SMTP: EXTERNAL.
  record External(String username) implements Credentials {
    @Override
    public Secret password() {
      return Secret.of("");
    }
  }
}
