package io.postern.console.platform.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/// Renders a refusal for whom it is: a page, or a problem.
final class FaultPages {
  /// What stands in the log with its reference.
  private static final Set<String> LOGGED = Set.of("internal-error", Faults.DATABASE_UNAVAILABLE);

  private final Pages pages;
  private final ObjectProvider<PageSignIn> signIn;
  private final SealedFields sealed;

  FaultPages(Pages pages, ObjectProvider<PageSignIn> signIn, SealedFields sealed) {
    this.pages = pages;
    this.signIn = signIn;
    this.sealed = sealed;
  }

  /// @param ref leads from what the operator sees to the log
  ResponseEntity<?> show(HttpServletRequest request, Refusal refusal, String ref) {
    var status = HttpStatus.valueOf(refusal.status());
    if (Area.of(request) != Area.PAGES) {
      var answer = ResponseEntity.status(status).contentType(MediaType.APPLICATION_PROBLEM_JSON);
      if (status == HttpStatus.UNAUTHORIZED) {
        // RFC 9110 §15.5.2: a 401 names how to sign in.
        answer.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
      }
      return answer.body(Problem.of(refusal, ref));
    }
    return page(request, refusal, ref, "");
  }

  /// As [#show]; on a page, what was typed is kept and can be sent again.
  ResponseEntity<?> showWithForm(HttpServletRequest request, Refusal refusal, String ref) {
    return Area.of(request) == Area.PAGES
            && HttpMethod.POST.matches(request.getMethod())
            && request.getAttribute(Actor.ATTRIBUTE) != null
            && request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) == null
        ? page(request, refusal, ref, KeptForm.seal(sealed, request))
        : show(request, refusal, ref);
  }

  private ResponseEntity<String> page(
      HttpServletRequest request, Refusal refusal, String ref, String kept) {
    var status = HttpStatus.valueOf(refusal.status());
    var model = new HashMap<String, Object>();
    model.put("frame", pages.frame(request, title(status), null));
    model.put("refusal", refusal);
    model.put("ref", LOGGED.contains(refusal.code()) ? ref : "");
    model.put("action", request.getRequestURI());
    model.put("kept", kept);
    return pages.show(status, "platform/error", model);
  }

  /// The page that takes a factor again and then sends what was typed to where it was going.
  ResponseEntity<?> factorAgain(HttpServletRequest request, @Nullable String refused) {
    var kept = List.of(Map.entry(KeptForm.FIELD, KeptForm.seal(sealed, request)));
    var again = again(request);
    var frame = pages.frame(request, again.title(), null);
    return pages.show(
        HttpStatus.FORBIDDEN,
        "platform/factor-again",
        Map.of(
            "frame",
            frame,
            "again",
            again,
            "action",
            request.getRequestURI(),
            "fields",
            kept,
            "refused",
            refused == null ? "" : refused));
  }

  private PageSignIn.Again again(HttpServletRequest request) {
    var actor = (Actor) request.getAttribute(Actor.ATTRIBUTE);
    var known = signIn.getIfAvailable();
    return actor == null || known == null ? PageSignIn.Again.PASSWORD : known.again(actor, request);
  }

  /// Our words for a status that the web framework or the server answered.
  Refusal refusalOf(int status) {
    return switch (status) {
      case 400 ->
          new Refusal(
              400, "bad-request", "The request lacks something or cannot be read as it is.");
      case 401 -> Refusal.notSignedIn();
      case 404 ->
          new Refusal(
              404, "not-found", "There is nothing at this address. Check it, or use the menu.");
      case 405 -> new Refusal(405, "method-not-allowed", "This address does not take this method.");
      case 406 ->
          new Refusal(406, "not-acceptable", "The answer exists in no form that was asked for.");
      case 413 ->
          new Refusal(
              413,
              "too-large",
              "What was sent is too large. Go back in your browser, where what you typed still stands, and shorten the longest field, such as a certificate or a text.");
      case 415 ->
          new Refusal(415, "media-type", "The content type is not one that this address takes.");
      default ->
          status >= 500
              ? new Refusal(
                  500,
                  "internal-error",
                  "Postern failed at this, and nothing was changed by it as far as Postern knows."
                      + " The reference leads to the cause in the server's log.")
              : new Refusal(status, "refused", "The request cannot be answered as it is.");
    };
  }

  private static String title(HttpStatus status) {
    return switch (status) {
      case FORBIDDEN -> "Not allowed";
      case NOT_FOUND -> "Nothing here";
      case GONE -> "No longer here";
      case TOO_MANY_REQUESTS -> "Too many tries";
      case SERVICE_UNAVAILABLE -> "Not done for now";
      default -> status.is5xxServerError() ? "Postern failed" : "Not done";
    };
  }
}
