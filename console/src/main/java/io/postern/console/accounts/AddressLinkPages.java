package io.postern.console.accounts;

import io.postern.console.outbox.OutboxFullException;
import io.postern.console.platform.web.Open;
import io.postern.console.platform.web.Pages;
import io.postern.console.platform.web.Proxies;
import io.postern.console.platform.web.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;

/// The pages behind the links about addresses. Fetching one changes nothing; its button
/// does, and signs nobody in.
@Controller
@Open
final class AddressLinkPages {
  private final Pages pages;
  private final LinkCookie cookie;
  private final AddressLinks links;
  private final Proxies proxies;

  AddressLinkPages(Pages pages, LinkCookie cookie, AddressLinks links, Proxies proxies) {
    this.pages = pages;
    this.cookie = cookie;
    this.links = links;
    this.proxies = proxies;
  }

  @GetMapping("/link/verify")
  ResponseEntity<String> verification(HttpServletRequest request) {
    var alive = cookie.require(request, Link.Purpose.VERIFY);
    return ask(
        request,
        alive,
        new LinkView.Question(
            "Verify your address",
            "Is %s the address of your account? Once it is verified, a forgotten password can be replaced by mail."
                .formatted(alive.link().address()),
            "Verify this address"));
  }

  @PostMapping("/link/verify")
  ResponseEntity<String> verify(HttpServletRequest request, HttpServletResponse response) {
    var alive = cookie.require(request, Link.Purpose.VERIFY);
    var done = done(links.verify(alive, proxies.clientAddress(request)));
    return tell(
        request,
        response,
        answer(
            done,
            "The address is verified",
            "%s is verified: letters of Postern reach you there."));
  }

  @GetMapping("/link/confirm")
  ResponseEntity<String> confirmation(HttpServletRequest request) {
    var alive = cookie.require(request, Link.Purpose.CONFIRM);
    var change = links.changeOf(alive);
    if (change == null) {
      throw LinkCookie.gone("The change that this link was for is gone.");
    }
    return ask(
        request,
        alive,
        new LinkView.Question(
            "Confirm your new address",
            "The account %s is to use %s from now on: to sign in, and for every letter. %s is told, and can undo it for 24 hours."
                .formatted(change.oldAddress(), change.newAddress(), change.oldAddress()),
            "Confirm this address"));
  }

  @PostMapping("/link/confirm")
  ResponseEntity<String> confirm(HttpServletRequest request, HttpServletResponse response) {
    var alive = cookie.require(request, Link.Purpose.CONFIRM);
    try {
      var done = done(links.confirm(alive, proxies.clientAddress(request)));
      return tell(
          request,
          response,
          answer(
              done,
              "The address is changed",
              "%s is the address of your account. From now on, sign in with it."));
    } catch (OutboxFullException e) {
      throw new Refusal(503, "outbox-full", String.valueOf(e.getMessage()));
    }
  }

  @GetMapping("/link/cancel")
  ResponseEntity<String> objection(HttpServletRequest request) {
    var alive = cookie.require(request, Link.Purpose.CANCEL);
    var old = alive.link().address();
    var question =
        switch (links.stoppable(alive)) {
          case AddressLinks.Stoppable.Nothing(var sentence) -> throw LinkCookie.gone(sentence);
          case AddressLinks.Stoppable.Waiting(var wanted) ->
              new LinkView.Question(
                  "Stop the change of your address",
                  "Somebody who knows your password asked to change the address of your account from %s to %s. When you stop it, %s stays in force, and every session of the account ends."
                      .formatted(old, wanted, old),
                  "Stop the change");
          case AddressLinks.Stoppable.Undoable(var present, _) ->
              new LinkView.Question(
                  "Bring the old address back",
                  "The address of your account was changed from %s to %s. When you bring %s back, every session of the account ends, and links that went to the other address work no longer."
                      .formatted(old, present, old),
                  "Bring the old address back");
        };
    return ask(request, alive, question);
  }

  @PostMapping("/link/cancel")
  ResponseEntity<String> object(HttpServletRequest request, HttpServletResponse response) {
    var alive = cookie.require(request, Link.Purpose.CANCEL);
    var done = done(links.stop(alive, proxies.clientAddress(request)));
    return tell(
        request,
        response,
        new LinkView.Answer(
            "Your address is " + done.email(),
            "%s is the address of your account, as before, and every session has ended. Whoever asked for the change knows your password: set a new one now."
                .formatted(done.email()),
            "Set a new password",
            done.isSystem() ? ForgotPages.SYSTEM : ForgotPages.TENANTS));
  }

  private static AddressLinks.Outcome.Done done(AddressLinks.Outcome outcome) {
    return switch (outcome) {
      case AddressLinks.Outcome.Ended(var sentence) -> throw LinkCookie.gone(sentence);
      case AddressLinks.Outcome.Done done -> done;
    };
  }

  /// @param text with `%s` for the address
  private static LinkView.Answer answer(AddressLinks.Outcome.Done done, String title, String text) {
    return new LinkView.Answer(
        title,
        text.formatted(done.email()),
        done.isSystem() ? "My Account" : "Sign in",
        done.isSystem() ? "/system/account" : "/");
  }

  private ResponseEntity<String> ask(
      HttpServletRequest request, Links.Found.Alive alive, LinkView.Question question) {
    return pages.show(
        "accounts/link-question",
        Map.of(
            "frame", pages.frame(request, question.title(), null),
            "question", question,
            "action", alive.link().purpose().page()));
  }

  private ResponseEntity<String> tell(
      HttpServletRequest request, HttpServletResponse response, LinkView.Answer answer) {
    cookie.clear(request, response);
    return pages.show(
        HttpStatus.OK,
        "accounts/link-answer",
        Map.of("frame", pages.frame(request, answer.title(), null), "answer", answer));
  }
}
