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
import java.util.HashMap;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// *Account Management*: the list of system accounts, and *Create account*.
@Controller
@Allow({Role.ROOT, Role.ACCOUNTS})
class AccountPages {
  static final String PATH = "/system/accounts";
  static final String TITLE = "Account Management";

  private static final int PAGE_MAX = 1_000_000;

  private final Pages pages;
  private final SystemAccounts accounts;
  private final MailReadiness readiness;

  AccountPages(Pages pages, SystemAccounts accounts, MailReadiness readiness) {
    this.pages = pages;
    this.accounts = accounts;
    this.readiness = readiness;
  }

  /// @param page counted from 1
  @GetMapping(PATH)
  ResponseEntity<String> list(
      HttpServletRequest request,
      @RequestParam(defaultValue = "") String text,
      @RequestParam(defaultValue = "1") int page) {
    var shown = Math.clamp(page, 1, PAGE_MAX);
    var found =
        accounts.list(
            text.strip(), (shown - 1) * SystemAccounts.PAGE_ROWS, SystemAccounts.PAGE_ROWS);
    return pages.show(
        "accounts/accounts",
        Map.of(
            "frame",
            pages.frame(request, TITLE, MenuItem.ACCOUNTS),
            "found",
            found,
            "text",
            text.strip(),
            "page",
            shown));
  }

  @GetMapping(PATH + "/new")
  ResponseEntity<String> blank(HttpServletRequest request, Actor actor) {
    return form(request, actor, HttpStatus.OK, Form.empty());
  }

  /// Needs a fresh factor: with a stolen session a thief could otherwise make an account of their
  /// own and sign in freshly with that.
  @StepUp
  @PostMapping(PATH)
  ResponseEntity<String> create(
      HttpServletRequest request, Actor actor, @RequestParam Map<String, String> typed) {
    var form = new Form(typed);
    return switch (NewSystemAccount.judge(typed)) {
      case NewSystemAccount.Judged.Faulty(var faults) -> {
        faults.forEach(form::refuse);
        yield form(request, actor, HttpStatus.UNPROCESSABLE_CONTENT, form);
      }
      case NewSystemAccount.Judged.Good(var account) -> create(request, actor, form, account);
    };
  }

  static Refusal missing() {
    return new Refusal(
        404, "account-not-found", "There is no such system account; it may have been deleted.");
  }

  private ResponseEntity<String> create(
      HttpServletRequest request, Actor actor, Form form, NewSystemAccount account) {
    try {
      return switch (accounts.create(actor, account)) {
        case AccountChange.NotFound _ -> throw missing();
        case AccountChange.Refused(var obstacle, var sentence) -> {
          form.refuse(
              obstacle == AccountChange.Obstacle.ROOT_ONLY ? "adminType" : "emailId", sentence);
          yield form(request, actor, HttpStatus.UNPROCESSABLE_CONTENT, form);
        }
        case AccountChange.Done(var made, _) -> pages.redirect(PATH, form.done(created(made)));
      };
    } catch (OutboxFullException e) {
      form.refuse(Form.WHOLE, e.getMessage());
      return form(request, actor, HttpStatus.SERVICE_UNAVAILABLE, form);
    }
  }

  private String created(Account account) {
    return "%s is created as %s, and the activation letter to %s is queued.%s"
        .formatted(
            account.displayName(),
            account.role().label(),
            account.email(),
            readiness.isMailSetUp()
                ? ""
                : " It waits until SMTP is configured; Show activation link in the row's menu gives the link to copy.");
  }

  private ResponseEntity<String> form(
      HttpServletRequest request, Actor actor, HttpStatus status, Form form) {
    var model = new HashMap<String, Object>();
    model.put("frame", pages.frame(request, "Create account", MenuItem.ACCOUNTS));
    model.put("form", form);
    model.put("roles", RoleChoice.of(actor.role(), form.value("adminType")));
    model.put("warnings", readiness.warnings());
    return pages.show(status, "accounts/create", model);
  }
}
