package io.postern.console.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/// Knows the tokens and keys of the API. The api room implements it; it is asked for every request
/// under `/v1` and for `/actuator` from other machines. Cookies are never looked at there.
public interface ApiSignIn {
  /// Who the request's `Authorization` or `ApiKey` header stands for; absent when it has none or it
  /// is not good. For scoped keys the actor's `factorAt` is now: step-up does not concern them.
  @Nullable Actor actorOf(HttpServletRequest request);

  /// The request, for which [#actorOf] found nobody, is refused because of that.
  void refused(HttpServletRequest request);
}
