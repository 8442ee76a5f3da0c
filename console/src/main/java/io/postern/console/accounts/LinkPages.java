package io.postern.console.accounts;

import io.postern.console.audit.Audit;
import io.postern.console.platform.database.Database;
import io.postern.console.platform.web.Open;
import io.postern.console.platform.web.Pages;
import io.postern.console.platform.web.Proxies;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// Where links from letters arrive, and the pages of those that set a password. Fetching a link
/// changes nothing, however often; its page's button does.
@Controller
@Open
final class LinkPages {
  private final Pages pages;
  private final LinkCookie cookie;
  private final PasswordLinks passwordLinks;
  private final Passwords passwords;
  private final Proxies proxies;

  LinkPages(
      Pages pages,
      LinkCookie cookie,
      PasswordLinks passwordLinks,
      Passwords passwords,
      Proxies proxies) {
    this.pages = pages;
    this.cookie = cookie;
    this.passwordLinks = passwordLinks;
    this.passwords = passwords;
    this.proxies = proxies;
  }

  @GetMapping("/link/{uid}/{token}")
  ResponseEntity<String> arrive(
      HttpServletRequest request,
      HttpServletResponse response,
      @PathVariable String uid,
      @PathVariable String token) {
    var purpose = passwordLinks.purposeOf(uid, token);
    cookie.keep(request, response, uid, token);
    return Pages.seeOther(purpose.page());
  }

  @GetMapping("/link/activate")
  ResponseEntity<String> activation(HttpServletRequest request) {
    return show(HttpStatus.OK, request, Link.Purpose.ACTIVATION, Form.empty());
  }

  @PostMapping("/link/activate")
  ResponseEntity<String> activate(
      HttpServletRequest request,
      HttpServletResponse response,
      @RequestParam Map<String, String> typed,
      RedirectAttributes flash) {
    flash.addFlashAttribute(
        Pages.MESSAGE, "Your account is active. Sign in with the password you have just set.");
    return set(request, response, Link.Purpose.ACTIVATION, new Form(typed));
  }

  @GetMapping("/link/reset")
  ResponseEntity<String> reset(HttpServletRequest request) {
    return show(HttpStatus.OK, request, Link.Purpose.RESET, Form.empty());
  }

  @PostMapping("/link/reset")
  ResponseEntity<String> reset(
      HttpServletRequest request,
      HttpServletResponse response,
      @RequestParam Map<String, String> typed,
      RedirectAttributes flash) {
    flash.addFlashAttribute(
        Pages.MESSAGE,
        "The password is changed, and every session of the account has ended. Sign in.");
    return set(request, response, Link.Purpose.RESET, new Form(typed));
  }

  /// Sets the password and signs nobody in.
  private ResponseEntity<String> set(
      HttpServletRequest request, HttpServletResponse response, Link.Purpose purpose, Form form) {
    var alive = cookie.require(request, purpose);
    var password = form.newPassword(passwords, alive.link().address());
    if (!form.isGood()) {
      return show(HttpStatus.UNPROCESSABLE_CONTENT, request, purpose, form);
    }
    var account =
        passwordLinks.redeem(alive, passwords.hash(password), proxies.clientAddress(request));
    cookie.clear(request, response);
    return Pages.seeOther(account.tenantUid() == null ? "/system/login" : "/");
  }

  private ResponseEntity<String> show(
      HttpStatus status, HttpServletRequest request, Link.Purpose purpose, Form form) {
    var alive = cookie.require(request, purpose);
    var title = purpose == Link.Purpose.RESET ? "Set a new password" : "Activate your account";
    return pages.show(
        status,
        "accounts/choose-password",
        Map.of(
            "frame",
            pages.frame(request, title, null),
            "action",
            purpose.page(),
            "email",
            alive.link().address(),
            "form",
            form));
  }

  /// What happens in the database when a link that sets a password is used.
  record PasswordLinks(
      Database database,
      Accounts accounts,
      Links links,
      Passwords passwords,
      Audit audit,
      Handovers handovers) {
    Link.Purpose purposeOf(String uid, String token) {
      return switch (database.read(tx -> links.find(tx, uid, token))) {
        case Links.Found.Alive(var link) -> link.purpose();
        case Links.Found.Dead(var sentence) -> throw LinkCookie.gone(sentence);
      };
    }

    Account redeem(Links.Found.Alive alive, Passwords.Hashed password, String address) {
      return database.write(tx -> {
        var account = accounts.find(tx, alive.link().accountUid());
        if (account == null || !links.redeem(tx, alive)) {
          throw LinkCookie.gone("This link was used or replaced a moment ago.");
        }
        passwords.set(tx, account, password, "");
        handovers.used(tx, alive.link());
        audit.record(
            tx,
            SignIn.actor(account, address, Instant.EPOCH),
            Audit.Action.LINK,
            SignIn.object(account),
            alive.link().purpose() == Link.Purpose.RESET
                ? "The password was changed with a reset link"
                : "The account was activated with its link");
        return account;
      });
    }
  }
}
