package io.postern.console.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

/// Knows the session cookie of the pages. The accounts room implements it.
public interface PageSignIn {
  /// The request attribute that stands while the actor must register a passkey before anything
  /// else, because the instance demands one. Only handlers with [BeforePasskey] are open then.
  String NEEDS_PASSKEY = PageSignIn.class.getName() + ".needs-passkey";

  /// The request attribute that names the session of the actor: the same while its identifier is
  /// renewed, another one after signing in anew.
  String SESSION = PageSignIn.class.getName() + ".session";

  /// Who is signed in by this request's session cookie; absent without a living session.
  @Nullable Actor actorOf(HttpServletRequest request);

  /// What its owner is asked for again.
  Again again(Actor actor, HttpServletRequest request);

  /// Takes a factor again (step-up, PLAN 4): on success the session goes on under a new identifier.
  ///
  /// @return the actor with a fresh factor, or a sentence that says why not
  Answer confirm(
      Actor actor, Given given, HttpServletRequest request, HttpServletResponse response);

  /// Which factor a page asks for.
  ///
  /// @param passkey whether it is a passkey or a recovery code; else the password
  /// @param origin where passkeys work
  /// @param obstacle why they do not work here at all, empty when they do
  record Again(boolean passkey, String origin, String obstacle) {
    /// Before anybody can be asked for more.
    static final Again PASSWORD = new Again(false, "", "");

    /// The heading of a page that asks.
    public String title() {
      return passkey ? "Confirm that it is you" : "Enter your password again";
    }
  }

  /// What was given; what was not is empty.
  ///
  /// @param passkey what the browser sent, an `AuthenticationResponseJSON`
  /// @param code a recovery code
  record Given(String password, String passkey, String code) {
    static final String PASSWORD = "_password_again";
    static final String PASSKEY = "_passkey_again";
    static final String CODE = "_code_again";

    /// @return null when the request gives none
    static @Nullable Given of(HttpServletRequest request) {
      var given =
          new Given(value(request, PASSWORD), value(request, PASSKEY), value(request, CODE));
      return given.password().isEmpty() && given.passkey().isEmpty() && given.code().isEmpty()
          ? null
          : given;
    }

    /// Whether a parameter is one of these, and no field of a form.
    static boolean isOne(String parameter) {
      return parameter.equals(PASSWORD) || parameter.equals(PASSKEY) || parameter.equals(CODE);
    }

    private static String value(HttpServletRequest request, String name) {
      var value = request.getParameter(name);
      return value == null ? "" : value;
    }

    @Override
    public String toString() {
      return "***";
    }
  }

  /// How a factor given again was judged.
  sealed interface Answer {
    record Fresh(Actor actor) implements Answer {}

    record Refused(String sentence) implements Answer {}
  }
}
