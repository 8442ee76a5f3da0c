package io.postern.smtp.session;

import io.postern.smtp.PasswordMechanism;
import io.postern.smtp.Secret;
import org.jspecify.annotations.Nullable;

/// What a session signs in with. No credentials at all means an anonymous relay.
public sealed interface Credentials {
  String username();

  /// The password or token; empty when the identity lies outside SMTP.
  Secret secret();

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

    @Override
    public Secret secret() {
      return password;
    }
  }

  /// A user name and an OAuth 2.0 access token: OAUTHBEARER or XOAUTH2.
  record BearerToken(String username, Secret token) implements Credentials {
    @Override
    public Secret secret() {
      return token;
    }
  }

  /// A client certificate or another identity outside SMTP: EXTERNAL.
  record External(String username) implements Credentials {
    @Override
    public Secret secret() {
      return Secret.of("");
    }
  }
}
