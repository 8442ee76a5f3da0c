package io.postern.console.accounts;

import io.postern.console.platform.web.Open;
import io.postern.console.platform.web.Pages;
import io.postern.console.platform.web.Proxies;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// *Forgot password?*, for system accounts and for tenants. The answer is the same whether there is
/// an account or not.
@Controller
@Open
final class ForgotPages {
  static final String SYSTEM = "/system/forgot";
  static final String TENANTS = "/forgot";

  private final Pages pages;
  private final ResetLetters letters;
  private final WorkingMail mail;
  private final Proxies proxies;

  ForgotPages(Pages pages, ResetLetters letters, WorkingMail mail, Proxies proxies) {
    this.pages = pages;
    this.letters = letters;
    this.mail = mail;
    this.proxies = proxies;
  }

  @GetMapping(SYSTEM)
  ResponseEntity<String> system(HttpServletRequest request) {
    return page(request, HttpStatus.OK, ForgotView.blank(true));
  }

  @GetMapping(TENANTS)
  ResponseEntity<String> tenants(HttpServletRequest request) {
    return page(request, HttpStatus.OK, ForgotView.blank(false));
  }

  @PostMapping(SYSTEM)
  ResponseEntity<String> system(
      HttpServletRequest request, @RequestParam Map<String, String> typed) {
    return ask(request, ResetLetters.Realm.SYSTEM, new Form(typed));
  }

  @PostMapping(TENANTS)
  ResponseEntity<String> tenants(
      HttpServletRequest request, @RequestParam Map<String, String> typed) {
    return ask(request, ResetLetters.Realm.TENANTS, new Form(typed));
  }

  private ResponseEntity<String> ask(
      HttpServletRequest request, ResetLetters.Realm realm, Form form) {
    var isSystem = realm == ResetLetters.Realm.SYSTEM;
    var email = form.mailbox("email");
    if (email == null) {
      return page(request, HttpStatus.UNPROCESSABLE_CONTENT, new ForgotView(isSystem, form, false));
    }
    if (mail.trouble() != null) {
      return page(request, HttpStatus.SERVICE_UNAVAILABLE, new ForgotView(isSystem, form, false));
    }
    var refusal = letters.ask(realm, email.toString(), proxies.clientAddress(request));
    form.refuse("email", refusal);
    return page(
        request,
        refusal == null ? HttpStatus.OK : HttpStatus.TOO_MANY_REQUESTS,
        new ForgotView(isSystem, form, refusal == null));
  }

  private ResponseEntity<String> page(
      HttpServletRequest request, HttpStatus status, ForgotView view) {
    return pages.show(
        status,
        "accounts/forgot",
        Map.of(
            "frame",
            pages.frame(request, "Forgot password?", null),
            "view",
            view,
            "mailWorks",
            mail.trouble() == null));
  }
}
