package io.postern.console.accounts;

import io.postern.console.platform.web.Actor;
import io.postern.console.platform.web.Allow;
import io.postern.console.platform.web.MenuItem;
import io.postern.console.platform.web.Pages;
import io.postern.console.platform.web.Role;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// *My Account › Password*.
@Controller
@Allow({Role.ROOT, Role.OPERATIONS, Role.ACCOUNTS, Role.TENANT})
final class PasswordPages {
  private static final String PATH = "/system/account/password";

  private final Pages pages;
  private final OwnPassword own;
  private final Passwords rules;
  private final SessionSignIn sessions;

  PasswordPages(Pages pages, OwnPassword own, Passwords rules, SessionSignIn sessions) {
    this.pages = pages;
    this.own = own;
    this.rules = rules;
    this.sessions = sessions;
  }

  @GetMapping(PATH)
  ResponseEntity<String> show(HttpServletRequest request, Actor actor) {
    return page(request, actor, HttpStatus.OK, Form.empty());
  }

  @PostMapping(PATH)
  ResponseEntity<String> change(
      HttpServletRequest request,
      HttpServletResponse response,
      Actor actor,
      @RequestParam Map<String, String> typed) {
    var form = new Form(typed);
    var fresh = form.newPassword(rules, actor.email());
    if (form.value("present").isEmpty()) {
      form.refuse("present", "Enter the password that you have now.");
    }
    if (!form.isGood()) {
      return page(request, actor, HttpStatus.UNPROCESSABLE_CONTENT, form);
    }
    return switch (own.change(actor, form.secret("present"), fresh, sessions.sessionUid(request))) {
      case OwnPassword.Outcome.Done _ -> {
        sessions.renew(request, response);
        yield pages.redirect(
            PATH, "The password is changed. Every other session and every API token has ended.");
      }
      case OwnPassword.Outcome.Refused(var status, var sentence) -> {
        form.refuse("present", sentence);
        yield page(
            request,
            actor,
            status == 429 ? HttpStatus.TOO_MANY_REQUESTS : HttpStatus.UNPROCESSABLE_CONTENT,
            form);
      }
    };
  }

  private ResponseEntity<String> page(
      HttpServletRequest request, Actor actor, HttpStatus status, Form form) {
    var frame = pages.frame(request, AddressPages.TITLE, MenuItem.MY_ACCOUNT);
    return pages.show(
        status,
        "accounts/my-password",
        Map.of("frame", frame, "form", form, "email", actor.email()));
  }
}
