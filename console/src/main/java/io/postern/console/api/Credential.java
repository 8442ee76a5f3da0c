package io.postern.console.api;

import java.util.Set;

/// With what a request of the API is signed in.
sealed interface Credential {
  /// The request attribute under which the sign-in leaves it.
  String ATTRIBUTE = Credential.class.getName();

  /// Given for a password; it can do what its account can do.
  record Token(String hash) implements Credential {}

  /// Made in *My Account*; it can do what its scopes say, within the role of its account.
  record Key(String uid, Set<Scope> scopes) implements Credential {}
}
