package io.postern.console.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/// Knows the session cookie of the pages. The accounts room implements it.
public interface PageSignIn {
  /// Who is signed in by this request's session cookie; absent without a living session.
  @Nullable Actor actorOf(HttpServletRequest request);

  /// Takes a password again (step-up, PLAN 4): on success the session goes on under a new
  /// identifier.
  ///
  /// @return the actor with a fresh factor, or a sentence that says why not
  Answer confirm(
      Actor actor, String password, HttpServletRequest request, HttpServletResponse response);

  /// How a password given again was judged.
  sealed interface Answer {
    record Fresh(Actor actor) implements Answer {}

    record Refused(String sentence) implements Answer {}
  }
}
