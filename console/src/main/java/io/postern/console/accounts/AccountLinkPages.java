package io.postern.console.accounts;

import io.postern.console.letters.MailReadiness;
import io.postern.console.outbox.OutboxFullException;
import io.postern.console.platform.web.Actor;
import io.postern.console.platform.web.Allow;
import io.postern.console.platform.web.MenuItem;
import io.postern.console.platform.web.Pages;
import io.postern.console.platform.web.Refusal;
import io.postern.console.platform.web.Role;
import io.postern.console.platform.web.StepUp;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;

/// Activation and reset links of system accounts: shown to be copied, or made anew and mailed.
@Controller
@Allow({Role.ROOT, Role.ACCOUNTS})
class AccountLinkPages {
  private static final String ONE = AccountPages.PATH + "/{uid}";

  private final Pages pages;
  private final AccountLinks links;
  private final MailReadiness readiness;

  AccountLinkPages(Pages pages, AccountLinks links, MailReadiness readiness) {
    this.pages = pages;
    this.links = links;
    this.readiness = readiness;
  }

  /// The link as text to copy. By POST, because showing it is noted in the audit log; the one that
  /// a letter carries goes on working.
  @StepUp
  @PostMapping(ONE + "/link")
  ResponseEntity<String> show(HttpServletRequest request, Actor actor, @PathVariable String uid) {
    return switch (links.show(actor, uid)) {
      case AccountLinks.Outcome.NotFound _ -> throw AccountPages.missing();
      case AccountLinks.Outcome.Refused(var sentence) -> throw rootOnly(sentence);
      case AccountLinks.Outcome.Given given ->
          pages.show(
              "accounts/link",
              Map.of(
                  "frame",
                  pages.frame(request, AccountPages.TITLE, MenuItem.ACCOUNTS),
                  "given",
                  given));
    };
  }

  /// A new link in place of the one before, mailed where that can be.
  @StepUp
  @PostMapping(ONE + "/letter")
  ResponseEntity<String> renew(Actor actor, @PathVariable String uid) {
    try {
      return switch (links.renew(actor, uid, false)) {
        case AccountLinks.Outcome.NotFound _ -> throw AccountPages.missing();
        case AccountLinks.Outcome.Refused(var sentence) -> throw rootOnly(sentence);
        case AccountLinks.Outcome.Given given -> pages.redirect(AccountPages.PATH, renewed(given));
      };
    } catch (OutboxFullException e) {
      return pages.redirect(AccountPages.PATH, String.valueOf(e.getMessage()));
    }
  }

  private String renewed(AccountLinks.Outcome.Given given) {
    var email = given.account().email();
    if (given.link().purpose() == Link.Purpose.ACTIVATION) {
      return "A new activation letter to %s is queued; the link before works no longer.%s"
          .formatted(
              email,
              readiness.isMailSetUp()
                  ? ""
                  : " It waits until SMTP is configured; Show activation link gives the link to copy.");
    }
    if (given.isMailed()) {
      return "A letter with a link to set a new password is queued to %s. The link works for 30 minutes."
          .formatted(email);
    }
    return "A link to set a new password for %s exists for 30 minutes. It is not mailed, because %s; Show reset link gives it to copy."
        .formatted(
            email,
            given.account().isEmailVerified()
                ? "no SMTP server is configured"
                : "the owner has not proved the address yet");
  }

  private static Refusal rootOnly(String sentence) {
    return new Refusal(403, AccountChange.Obstacle.ROOT_ONLY.code(), sentence);
  }
}
