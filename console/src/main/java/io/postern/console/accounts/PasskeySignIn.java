package io.postern.console.accounts;

import io.postern.console.platform.web.Cookies;
import io.postern.console.platform.web.Proxies;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// A passkey alone, before anybody is signed in. Its question is bound to the cookie that also
/// guards the form it is sent with.
///
/// @param step what follows when a password was right and is not enough
record PasskeySignIn(
    SecondFactor factor,
    PasskeyQuestions questions,
    SecondStep step,
    Cookies cookies,
    Proxies proxies) {
  RelyingParty party() {
    return questions.party();
  }

  Map<String, Object> question(HttpServletRequest request) {
    var question = new Challenges.Question(Challenges.Purpose.SIGN_IN, bound(request));
    return questions.signature(question, List.of());
  }

  SecondFactor.Judgment judge(String credential, HttpServletRequest request) {
    return factor.alone(credential, bound(request), proxies.clientAddress(request));
  }

  private String bound(HttpServletRequest request) {
    var cookie = cookies.read(request, Cookies.Kind.FORM);
    return Objects.requireNonNullElse(
        cookie == null ? cookies.read(request, Cookies.Kind.SESSION) : cookie, "");
  }
}
